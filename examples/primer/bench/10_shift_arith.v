// Exercise 10: arithmetic shift register
// Self-checking bench, Verilog-2001.
`timescale 1ns/1ps
module tb;
    reg         clk, load, ena;
    reg  [1:0]  amount;
    reg  [63:0] data;
    wire [63:0] q;
    shift_arith dut (.clk(clk), .load(load), .ena(ena), .amount(amount), .data(data), .q(q));

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
            if (errors == 0) $display("PASS 10");
            else $display("FAIL 10 %0d first at cycle %0d %0s: got %0h, expected %0h",
                          errors, first_vec, first_name, first_got, first_want);
            $finish(0);
        end
    endtask

    initial begin : time_out
        #1000000;
        $display("FAIL 10 %0d first at time-out", errors + 1);
        $finish(0);
    end

    // model: signed arithmetic, one place at a time
    reg signed [63:0] m;
    integer j, places;
    reg live;
    task look; if (live) check("q", q, {m}); endtask

    task cycle;
        begin
            #4 look;
            clk = 1;
            if (load) begin m = data; live = 1; end
            else if (ena) begin
                places = amount[0] ? 8 : 1;
                for (j = 0; j < places; j = j + 1)
                    if (amount[1]) m = m >>> 1;
                    else           m = m + m;
            end
            #2 look;
            data = ~data; load = ~load; amount = ~amount; #1 look;
            data = ~data; load = ~load; amount = ~amount; #1 look;
            clk = 0;
            #2 look;
            vec = vec + 1;
        end
    endtask

    integer k, p;
    initial begin
        errors = 0; vec = 0; seed = 32'd99201;
        live = 0; m = 0;
        clk = 0; load = 1; ena = 0; amount = 0; data = 64'h8123456789abcdef;
        #5;
        cycle;
        load = 0; cycle; cycle;                     // hold
        load = 1; ena = 1; data = 64'h0fedcba987654321; cycle;   // load over ena
        for (p = 0; p < 4; p = p + 1) begin
            load = 1; data = 64'h8000000000000001; amount = p; cycle;
            load = 0; ena = 1;
            for (k = 0; k < 70; k = k + 1) cycle;
            load = 1; data = 64'h7ffffffffffffffe; cycle;
            load = 0;
            for (k = 0; k < 70; k = k + 1) cycle;
        end
        for (k = 0; k < 4000; k = k + 1) begin
            data[31:0]  = $random(seed);
            data[63:32] = $random(seed);
            load   = (($random(seed) & 7) == 0);
            ena    = (($random(seed) & 3) != 0);
            amount = $random(seed);
            cycle;
        end
        report;
    end
endmodule
