// Exercise 22: carry-select adder built from add16
// Self-checking bench, Verilog-2001.
`timescale 1ns/1ps
module tb;
    reg  [31:0] a, b;
    reg         cin;
    wire [31:0] sum;
    wire        cout;
    csel32 dut (.a(a), .b(b), .cin(cin), .sum(sum), .cout(cout));

    // the building block is also tested on its own
    wire [15:0] sum16;
    wire        cout16;
    add16 block (.a(a[15:0]), .b(b[15:0]), .cin(cin), .sum(sum16), .cout(cout16));

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
            if (errors == 0) $display("PASS 22");
            else $display("FAIL 22 %0d first at vector %0d %0s: got %0h, expected %0h",
                          errors, first_vec, first_name, first_got, first_want);
            $finish(0);
        end
    endtask

    initial begin : time_out
        #1000000;
        $display("FAIL 22 %0d first at time-out", errors + 1);
        $finish(0);
    end

    // model: 64-bit sums
    reg [63:0] t, u;
    task look;
        begin
            #5;
            t = 64'd0 + a + b + cin;
            u = 64'd0 + a[15:0] + b[15:0] + cin;
            check("sum", sum, t[31:0]);
            check("cout", cout, t[32]);
            check("add16 sum", sum16, u[15:0]);
            check("add16 cout", cout16, u[16]);
            vec = vec + 1;
            #5;
        end
    endtask

    reg [15:0] half [0:5];
    integer k, m, n, o, s;
    initial begin
        errors = 0; vec = 0; seed = 32'd194229;
        half[0] = 16'h0000; half[1] = 16'h0001; half[2] = 16'hffff;
        half[3] = 16'h7fff; half[4] = 16'h8000; half[5] = 16'hfffe;
        for (k = 0; k < 6; k = k + 1)
            for (m = 0; m < 6; m = m + 1)
                for (n = 0; n < 6; n = n + 1)
                    for (o = 0; o < 6; o = o + 1)
                        for (s = 0; s < 2; s = s + 1) begin
                            a = {half[k], half[m]}; b = {half[n], half[o]}; cin = s;
                            look;
                        end
        for (k = 0; k < 32; k = k + 1) begin
            a = 32'hffffffff >> k; b = 32'd0; cin = 1; look;
            a = 32'd1 << k;        b = a;     cin = 0; look;
        end
        for (k = 0; k < 5000; k = k + 1) begin
            a   = $random(seed);
            b   = (k % 4 == 1) ? ~a : (k % 4 == 2) ? ~a ^ (32'd1 << ($random(seed) & 31)) : $random(seed);
            cin = $random(seed);
            look;
        end
        report;
    end
endmodule
