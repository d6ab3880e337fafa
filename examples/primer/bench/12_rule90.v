// Exercise 12: rule 90 automaton
// Self-checking bench, Verilog-2001.
`timescale 1ns/1ps
module tb;
    reg          clk, load;
    reg  [511:0] data;
    wire [511:0] q;
    rule90 dut (.clk(clk), .load(load), .data(data), .q(q));

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
            if (errors == 0) $display("PASS 12");
            else $display("FAIL 12 %0d first at cycle %0d %0s: got %0h, expected %0h",
                          errors, first_vec, first_name, first_got, first_want);
            $finish(0);
        end
    endtask

    initial begin : time_out
        #1000000;
        $display("FAIL 12 %0d first at time-out", errors + 1);
        $finish(0);
    end

    // model: cell by cell from a copy with a zero at either end
    reg [513:0] old;
    reg [511:0] m;
    integer j;
    reg live;
    task look; if (live) check("q", q, {m}); endtask

    task cycle;
        begin
            #4 look;
            clk = 1;
            if (load) begin m = data; live = 1; end
            else begin
                old = {1'b0, m, 1'b0};
                for (j = 0; j < 512; j = j + 1) m[j] = (old[j] != old[j + 2]);
            end
            #2 look;
            data = ~data; load = ~load; #1 look;
            data = ~data; load = ~load; #1 look;
            clk = 0;
            #2 look;
            vec = vec + 1;
        end
    endtask

    task noise;
        integer w;
        for (w = 0; w < 16; w = w + 1) data[32*w +: 32] = $random(seed);
    endtask

    integer k;
    initial begin
        errors = 0; vec = 0; seed = 32'd115039;
        live = 0; m = 0;
        clk = 0; load = 1; data = 512'd1;
        #5;
        cycle;
        load = 0; for (k = 0; k < 600; k = k + 1) cycle;
        load = 1; data = 512'd1 << 511; cycle;
        load = 0; for (k = 0; k < 600; k = k + 1) cycle;
        load = 1; data = 512'd1 << 256; cycle;
        load = 0; for (k = 0; k < 300; k = k + 1) cycle;
        load = 1; data = ~512'd0; cycle;
        load = 0; cycle; cycle;
        load = 1; data = 512'd0; cycle;
        load = 0; cycle; cycle;
        for (k = 0; k < 2500; k = k + 1) begin
            noise;
            load = (($random(seed) & 15) == 0);
            cycle;
        end
        report;
    end
endmodule
