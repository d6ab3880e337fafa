// Exercise 06: byte-enabled flip-flops, asynchronous active-low reset
// Self-checking bench, Verilog-2001.
`timescale 1ns/1ps
module tb;
    reg         clk, resetn;
    reg  [3:0]  byteena;
    reg  [31:0] d;
    wire [31:0] q;
    dff_bytes dut (.clk(clk), .resetn(resetn), .byteena(byteena), .d(d), .q(q));

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
            if (errors == 0) $display("PASS 06");
            else $display("FAIL 06 %0d first at cycle %0d %0s: got %0h, expected %0h",
                          errors, first_vec, first_name, first_got, first_want);
            $finish(0);
        end
    endtask

    initial begin : time_out
        #1000000;
        $display("FAIL 06 %0d first at time-out", errors + 1);
        $finish(0);
    end

    reg [31:0] m;       // model
    reg [31:0] mask;
    reg        live;
    task look; if (live) check("q", q, {m}); endtask

    task pull;          // assert the reset right now
        begin
            resetn = 0; m = 0; live = 1;
            #1 look;
        end
    endtask

    // clk is low on entry and exit; inputs were set before
    task cycle;
        begin
            #3 look;
            clk = 1;
            if (!resetn) m = 0;
            else begin
                mask = {{8{byteena[3]}}, {8{byteena[2]}}, {8{byteena[1]}}, {8{byteena[0]}}};
                m = (m & ~mask) | (d & mask);
            end
            #2 look;
            d = ~d; byteena = ~byteena; #1 look;    // no effect while clk is high
            d = ~d; byteena = ~byteena; #1 look;
            clk = 0;
            #2 look;
            vec = vec + 1;
        end
    endtask

    integer k;
    initial begin
        errors = 0; vec = 0; seed = 32'd67525;
        live = 0; clk = 0; resetn = 1; byteena = 4'hf; d = 32'hdeadbeef;
        #7 pull;
        cycle; cycle;                       // clocking under reset keeps zero
        resetn = 1; #1 look;                // release alone changes nothing
        cycle;
        for (k = 0; k < 16; k = k + 1) begin
            byteena = 4'hf; d = 32'h11223344; cycle;
            byteena = k;    d = 32'haabbccdd; cycle;
        end
        byteena = 0; d = 32'hffffffff; cycle;
        pull; resetn = 1; #1 look;          // a short pulse between edges
        cycle;
        byteena = 4'hf; d = 32'hffffffff; cycle;
        // pulse while the clock is high
        #3 clk = 1; m = d; #1 look; pull; resetn = 1; #1 look; clk = 0; #2 look;
        for (k = 0; k < 4000; k = k + 1) begin
            d       = $random(seed);
            byteena = $random(seed);
            #1;
            if (($random(seed) & 31) == 0) pull;
            else if (!resetn && ($random(seed) & 1)) begin resetn = 1; #1 look; end
            cycle;
        end
        report;
    end
endmodule
