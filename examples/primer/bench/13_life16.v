// Exercise 13: game of life on a torus
// Self-checking bench, Verilog-2001.
`timescale 1ns/1ps
module tb;
    reg          clk, load;
    reg  [255:0] data;
    wire [255:0] q;
    life16 dut (.clk(clk), .load(load), .data(data), .q(q));

    // ---- book-keeping -------------------------------------------------
    integer errors, vec, seed, first_vec;
    reg [8*16-1:0] first_name;
    reg [511:0]    first_got, first_want;

    // compare one output with the model, remember the first difference
    task check;
        input [8*16-1:0] name;
        input [511:0]    got, want;
        if (got !== want) begin
            if (errors == 0) begin
                first_vec  = vec;
                first_name = name;
                first_got  = got;
                first_want = want;
            end
            errors = errors + 1;
        end
    endtask

    task report;
        begin
            if (errors == 0) $display("PASS 13");
            else $display("FAIL 13 %0d first at cycle %0d %0s: got %0h, expected %0h",
                          errors, first_vec, first_name, first_got, first_want);
            $finish(0);
        end
    endtask

    initial begin : time_out
        #1000000;
        $display("FAIL 13 %0d first at time-out", errors + 1);
        $finish(0);
    end

    // model: two-dimensional count with wrap-around
    reg [255:0] m, nx;
    integer r, c, dr, dc, s;
    reg live;
    task look; if (live) check("q", q, {m}); endtask

    task evolve;
        begin
            for (r = 0; r < 16; r = r + 1)
                for (c = 0; c < 16; c = c + 1) begin
                    s = 0;
                    for (dr = 15; dr <= 17; dr = dr + 1)
                        for (dc = 15; dc <= 17; dc = dc + 1)
                            if (m[((r + dr) % 16) * 16 + ((c + dc) % 16)]) s = s + 1;
                    // s includes the cell itself
                    if (m[r * 16 + c]) nx[r * 16 + c] = (s == 3 || s == 4);
                    else               nx[r * 16 + c] = (s == 3);
                end
            m = nx;
        end
    endtask

    task cycle;
        begin
            #4 look;
            clk = 1;
            if (load) begin m = data; live = 1; end
            else evolve;
            #2 look;
            data = ~data; load = ~load; #1 look;
            data = ~data; load = ~load; #1 look;
            clk = 0;
            #2 look;
            vec = vec + 1;
        end
    endtask

    integer k, w, p;
    reg [255:0] glider;
    initial begin
        errors = 0; vec = 0; seed = 32'd122958;
        live = 0; m = 0;
        clk = 0; load = 1; data = 256'h7;           // blinker on the corner row
        #5;
        cycle;
        load = 0; for (k = 0; k < 6; k = k + 1) cycle;
        load = 1; data = 256'd0; cycle; load = 0; cycle;
        load = 1; data = ~256'd0; cycle; load = 0; cycle; cycle;
        // a block over the four corners stays
        load = 1; data = 256'd0;
        data[0] = 1; data[15] = 1; data[240] = 1; data[255] = 1;
        cycle; load = 0; cycle; cycle;
        // a glider goes once round the torus
        glider = 256'd0;
        glider[0*16+1] = 1; glider[1*16+2] = 1;
        glider[2*16+0] = 1; glider[2*16+1] = 1; glider[2*16+2] = 1;
        load = 1; data = glider; cycle;
        load = 0; for (k = 0; k < 70; k = k + 1) cycle;
        // three neighbouring cells near every place
        for (p = 0; p < 256; p = p + 1) begin
            load = 1; data = 256'd0;
            data[p] = 1; data[(p + 1) % 256] = 1; data[(p + 16) % 256] = 1;
            cycle;
            load = 0; cycle;
        end
        for (k = 0; k < 500; k = k + 1) begin
            for (w = 0; w < 8; w = w + 1)
                data[32*w +: 32] = (k % 2) ? $random(seed) : $random(seed) & $random(seed);
            load = (($random(seed) & 7) == 0);
            cycle;
        end
        report;
    end
endmodule
