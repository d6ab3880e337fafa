// Exercise 01: nine-way multiplexer
// Self-checking bench, Verilog-2001.
`timescale 1ns/1ps
module tb;
    reg  [15:0] a, b, c, d, e, f, g, h, i;
    reg  [3:0]  sel;
    wire [15:0] out;
    mux9v dut (.a(a), .b(b), .c(c), .d(d), .e(e), .f(f), .g(g), .h(h), .i(i),
               .sel(sel), .out(out));

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
            if (errors == 0) $display("PASS 01");
            else $display("FAIL 01 %0d first at vector %0d %0s: got %0h, expected %0h",
                          errors, first_vec, first_name, first_got, first_want);
            $finish(0);
        end
    endtask

    initial begin : time_out
        #1000000;
        $display("FAIL 01 %0d first at time-out", errors + 1);
        $finish(0);
    end

    // model: slice of the concatenation, all ones beyond it
    reg [143:0] all;
    reg [15:0]  want;
    task look;
        begin
            #5;
            all  = {i, h, g, f, e, d, c, b, a} >> (16 * sel);
            want = (sel > 8) ? 16'hffff : all[15:0];
            check("out", out, want);
            vec = vec + 1;
            #5;
        end
    endtask

    task fill;   // random inputs
        begin
            a = $random(seed); b = $random(seed); c = $random(seed);
            d = $random(seed); e = $random(seed); f = $random(seed);
            g = $random(seed); h = $random(seed); i = $random(seed);
        end
    endtask

    integer k, m;
    initial begin
        errors = 0; vec = 0; seed = 32'd27930;
        a = 16'haaaa; b = 16'hbbbb; c = 16'hcccc; d = 16'hdddd; e = 16'heeee;
        f = 16'hf00f; g = 16'h1234; h = 16'h8001; i = 16'h0ff0;
        for (k = 0; k < 16; k = k + 1) begin sel = k; look; end
        // a single one walking over all inputs, every select
        for (m = 0; m < 144; m = m + 1)
            for (k = 0; k < 16; k = k + 1) begin
                {i, h, g, f, e, d, c, b, a} = 144'd1 << m;
                sel = k;
                look;
            end
        {i, h, g, f, e, d, c, b, a} = 144'd0;
        for (k = 0; k < 16; k = k + 1) begin sel = k; look; end
        for (k = 0; k < 4000; k = k + 1) begin
            fill;
            sel = $random(seed);
            look;
        end
        report;
    end
endmodule
