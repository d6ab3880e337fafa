// Exercise 04: eight-digit BCD adder
// Self-checking bench, Verilog-2001.
`timescale 1ns/1ps
module tb;
    reg  [31:0] a, b;
    reg         cin;
    wire [31:0] sum;
    wire        cout;
    bcd_add8 dut (.a(a), .b(b), .cin(cin), .sum(sum), .cout(cout));

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
            if (errors == 0) $display("PASS 04");
            else $display("FAIL 04 %0d first at vector %0d %0s: got %0h, expected %0h",
                          errors, first_vec, first_name, first_got, first_want);
            $finish(0);
        end
    endtask

    initial begin : time_out
        #1000000;
        $display("FAIL 04 %0d first at time-out", errors + 1);
        $finish(0);
    end

    // model: convert to binary, add, convert back
    function [31:0] to_bin;
        input [31:0] v;
        integer k;
        begin
            to_bin = 0;
            for (k = 7; k >= 0; k = k - 1) to_bin = to_bin * 10 + ((v >> (4 * k)) & 15);
        end
    endfunction

    function [31:0] to_bcd;
        input [31:0] v;
        integer k;
        reg [31:0] t;
        begin
            t = v; to_bcd = 0;
            for (k = 0; k < 8; k = k + 1) begin
                to_bcd = to_bcd | ((t % 10) << (4 * k));
                t = t / 10;
            end
        end
    endfunction

    reg [31:0] total, w_cout;
    task look;
        begin
            #5;
            total  = to_bin(a) + to_bin(b) + cin;
            w_cout = (total >= 100000000) ? 1 : 0;
            check("sum", sum, to_bcd(total % 100000000));
            check("cout", cout, w_cout);
            vec = vec + 1;
            #5;
        end
    endtask

    function [31:0] rdec;     // eight random digits, many nines and zeros when asked
        input extreme;
        integer k, r;
        begin
            rdec = 0;
            for (k = 0; k < 8; k = k + 1) begin
                r = $random(seed) & 1023;
                if (extreme) r = (r % 3 == 0) ? 9 : (r % 3 == 1) ? 0 : r % 10;
                else         r = r % 10;
                rdec = (rdec << 4) | r;
            end
        end
    endfunction

    integer k, m, p;
    initial begin
        errors = 0; vec = 0; seed = 32'd51687;
        a = 32'h0;        b = 32'h0;        cin = 0; look;
        a = 32'h99999999; b = 32'h0;        cin = 1; look;
        a = 32'h99999999; b = 32'h1;        cin = 0; look;
        a = 32'h99999999; b = 32'h99999999; cin = 1; look;
        a = 32'h99999999; b = 32'h99999999; cin = 0; look;
        a = 32'h12345678; b = 32'h87654321; cin = 0; look;
        a = 32'h12345678; b = 32'h87654321; cin = 1; look;
        // every pair of digits, at every position, with carry coming from below or not
        for (p = 0; p < 8; p = p + 1)
            for (k = 0; k < 10; k = k + 1)
                for (m = 0; m < 10; m = m + 1) begin
                    a = k << (4 * p);
                    b = m << (4 * p);
                    cin = 0; look;
                    // nines below make cin ripple up to position p
                    a = a | (32'h99999999 & ((32'd1 << (4 * p)) - 1));
                    cin = 1; look;
                end
        for (k = 0; k < 4000; k = k + 1) begin
            a   = rdec(k % 2);
            b   = rdec((k / 2) % 2);
            if (k % 16 == 15) b = to_bcd(99999999 - to_bin(a));
            cin = $random(seed);
            look;
        end
        report;
    end
endmodule
