// Exercise 17: HDLC framing
// Self-checking bench, Verilog-2001.
`timescale 1ns/1ps
module tb;
    reg        clock, reset, in;
    wire       disc, flag, err;
    wire [7:0] stuffed;
    hdlc_rx dut (.clock(clock), .reset(reset), .in(in), .disc(disc), .flag(flag), .err(err),
                 .stuffed(stuffed));

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
            if (errors == 0) $display("PASS 17");
            else $display("FAIL 17 %0d first at cycle %0d %0s: got %0h, expected %0h",
                          errors, first_vec, first_name, first_got, first_want);
            $finish(0);
        end
    endtask

    initial begin : time_out
        #1000000;
        $display("FAIL 17 %0d first at time-out", errors + 1);
        $finish(0);
    end

    // model: the last eight samples as a pattern
    reg [7:0] hist;
    integer   n;
    reg       live;
    task look;
        if (live) begin
            check("disc", disc, hist[6:0] == 7'b0111110);
            check("flag", flag, hist == 8'b01111110);
            check("err", err, hist[6:0] == 7'b1111111);
            check("stuffed", stuffed, n);
        end
    endtask

    task cycle;
        begin
            #4 look;
            clock = 1;
            if (reset) begin hist = 0; n = 0; live = 1; end
            else begin
                hist = {hist[6:0], in};
                if (hist[6:0] == 7'b0111110) begin if (n < 255) n = n + 1; end
                else if (hist == 8'b01111110) n = 0;
            end
            #2 look;
            in = ~in; #1 look;
            in = ~in; #1 look;
            clock = 0;
            #2 look;
            vec = vec + 1;
        end
    endtask

    task ones;            // so many ones, then a zero
        input [31:0] count;
        integer b;
        begin
            for (b = 0; b < count; b = b + 1) begin in = 1; cycle; end
            in = 0; cycle;
        end
    endtask

    integer k;
    initial begin
        errors = 0; vec = 0; seed = 32'd154634;
        live = 0; hist = 0; n = 0;
        clock = 0; reset = 1; in = 1;
        #5;
        for (k = 0; k < 9; k = k + 1) cycle;            // ones under reset do not count
        reset = 0;
        ones(5);                                        // right after reset
        for (k = 0; k < 12; k = k + 1) ones(k);
        ones(5); ones(5); ones(6); ones(6); ones(7); ones(20); ones(5); ones(7); ones(5);
        for (k = 0; k < 8; k = k + 1) begin             // reset inside a run of ones
            in = 1;
            repeat (k) cycle;
            reset = 1; cycle; reset = 0;
            ones(8 - k);
        end
        for (k = 0; k < 300; k = k + 1) ones(5);        // counter stays at 255
        ones(9); ones(5); ones(6); ones(5);
        for (k = 0; k < 3000; k = k + 1) begin
            case ($random(seed) & 3)
                0: ones($random(seed) & 15);
                1: ones(5);
                2: ones(($random(seed) & 3) + 4);
                3: ones($random(seed) & 3);
            endcase
            if (($random(seed) & 63) == 0) begin
                in = $random(seed); cycle; cycle;
                reset = 1; in = $random(seed); cycle; reset = 0;
            end
        end
        report;
    end
endmodule
