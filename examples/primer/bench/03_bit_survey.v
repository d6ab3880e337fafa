// Exercise 03: population count, lowest and highest set bit
// Self-checking bench, Verilog-2001.
`timescale 1ns/1ps
module tb;
    reg  [63:0] in;
    wire [6:0]  count;
    wire [5:0]  first, last;
    wire        none;
    bit_survey dut (.in(in), .count(count), .first(first), .last(last), .none(none));

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
            if (errors == 0) $display("PASS 03");
            else $display("FAIL 03 %0d first at vector %0d %0s: got %0h, expected %0h",
                          errors, first_vec, first_name, first_got, first_want);
            $finish(0);
        end
    endtask

    initial begin : time_out
        #1000000;
        $display("FAIL 03 %0d first at time-out", errors + 1);
        $finish(0);
    end

    // model: clear the lowest one repeatedly; walk for the positions
    reg [63:0] r;
    reg [31:0] w_count, w_first, w_last;
    task look;
        begin
            #5;
            r = in; w_count = 0;
            while (r != 0) begin r = r & (r - 1); w_count = w_count + 1; end
            w_first = 0; w_last = 0;
            if (in != 0) begin
                while (!in[w_first]) w_first = w_first + 1;
                w_last = 63;
                while (!in[w_last]) w_last = w_last - 1;
            end
            check("count", count, w_count);
            check("first", first, w_first);
            check("last", last, w_last);
            check("none", none, (in == 64'd0) ? 1'b1 : 1'b0);
            vec = vec + 1;
            #5;
        end
    endtask

    function [63:0] r64;
        input dummy;
        begin
            r64[31:0]  = $random(seed);
            r64[63:32] = $random(seed);
        end
    endfunction

    integer k, m;
    initial begin
        errors = 0; vec = 0; seed = 32'd43768;
        in = 64'd0;  look;
        in = ~64'd0; look;
        for (k = 0; k < 64; k = k + 1)
            for (m = k; m < 64; m = m + 1) begin   // one or two bits set
                in = (64'd1 << k) | (64'd1 << m);
                look;
            end
        for (k = 0; k < 64; k = k + 1) begin
            in = ~64'd0 << k;     look;
            in = ~64'd0 >> k;     look;
            in = ~(64'd1 << k);   look;
        end
        for (k = 0; k < 4000; k = k + 1) begin
            in = r64(0);
            case (k % 6)
                1: in = in & r64(0);
                2: in = in & r64(0) & r64(0) & r64(0);
                3: in = in | r64(0) | r64(0);
                4: in = in << ($random(seed) & 63);
                5: in = in >> ($random(seed) & 63);
                default: ;
            endcase
            look;
        end
        in = 64'd0;  look;
        report;
    end
endmodule
