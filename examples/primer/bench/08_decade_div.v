// Exercise 08: modulo-n counter with load and decade counter
// Self-checking bench, Verilog-2001.
`timescale 1ns/1ps
module tb;
    reg        clk, reset, load, do_it;
    reg  [7:0] n, data;
    wire [7:0] count;
    wire       tick;
    wire [3:0] digit;
    decade_div dut (.clk(clk), .reset(reset), .load(load), .do_it(do_it), .n(n), .data(data),
                    .count(count), .tick(tick), .digit(digit));

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
            if (errors == 0) $display("PASS 08");
            else $display("FAIL 08 %0d first at cycle %0d %0s: got %0h, expected %0h",
                          errors, first_vec, first_name, first_got, first_want);
            $finish(0);
        end
    endtask

    initial begin : time_out
        #2000000;
        $display("FAIL 08 %0d first at time-out", errors + 1);
        $finish(0);
    end

    // model in integers
    integer c, dg, top;
    reg     w_tick, live;
    task think;
        begin
            top    = (n == 0) ? 255 : n - 1;
            w_tick = (do_it && !load && c >= top) ? 1'b1 : 1'b0;
        end
    endtask
    task look;
        if (live) begin
            think;
            check("count", count, c);
            check("digit", digit, dg);
            check("tick", tick, w_tick);
        end
    endtask

    task cycle;
        begin
            #4 look;
            think;
            clk = 1;
            if (reset) begin c = 0; dg = 0; live = 1; end
            else begin
                if (load)       c = data;
                else if (do_it) c = w_tick ? 0 : c + 1;
                if (w_tick)     dg = (dg + 1) % 10;
            end
            #2 look;
            do_it = ~do_it; data = ~data; #1 look;
            do_it = ~do_it; data = ~data; #1 look;
            clk = 0;
            #2 look;
            vec = vec + 1;
        end
    endtask

    integer k;
    initial begin
        errors = 0; vec = 0; seed = 32'd83363;
        live = 0; c = 0; dg = 0;
        clk = 0; reset = 1; load = 0; do_it = 0; n = 8'd10; data = 8'd0;
        #5;
        cycle; cycle;
        reset = 0; do_it = 1;
        for (k = 0; k < 120; k = k + 1) cycle;          // n = 10, digit wraps
        n = 8'd1; for (k = 0; k < 25; k = k + 1) cycle; // ticks every cycle
        n = 8'd2; for (k = 0; k < 25; k = k + 1) cycle;
        n = 8'd0; for (k = 0; k < 600; k = k + 1) cycle;// 256 steps
        n = 8'd255; for (k = 0; k < 600; k = k + 1) cycle;
        do_it = 0; n = 8'd3; cycle; cycle;              // above the end, held
        do_it = 1; cycle; cycle;                        // wraps to zero
        load = 1; data = 8'd200; n = 8'd7; cycle;       // load beyond n, do_it also high
        do_it = 0; data = 8'd6; cycle;                  // load without do_it, no tick
        load = 0; cycle; do_it = 1; cycle; cycle;
        load = 1; data = 8'd6; cycle; cycle;            // at the end with load: no tick
        reset = 1; cycle;                               // reset over load
        load = 0; reset = 0; cycle;
        load = 1; data = 8'd6; cycle; load = 0;
        reset = 1; cycle; reset = 0; cycle;             // tick is 1 during reset, digit is cleared
        for (k = 0; k < 8000; k = k + 1) begin
            if (($random(seed) & 31) == 0) begin
                case ($random(seed) & 3)
                    0: n = $random(seed);
                    1: n = $random(seed) & 7;
                    2: n = $random(seed) & 3;
                    3: n = 8'd0 - ($random(seed) & 3);
                endcase
            end
            data  = (($random(seed) & 1) == 0) ? $random(seed) : n - 8'd3 + ($random(seed) & 3);
            load  = (($random(seed) & 15) == 0);
            do_it = (($random(seed) & 3) != 0);
            reset = (($random(seed) & 127) == 0);
            cycle;
        end
        report;
    end
endmodule
