// Exercise 05: adder-subtractor with signed overflow
// Self-checking bench, Verilog-2001.
`timescale 1ns/1ps
module tb;
    reg  [31:0] a, b;
    reg         do_sub;
    wire [31:0] result;
    wire        cout, overflow, zero;
    addsub32 dut (.a(a), .b(b), .do_sub(do_sub), .result(result), .cout(cout),
                  .overflow(overflow), .zero(zero));

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
            if (errors == 0) $display("PASS 05");
            else $display("FAIL 05 %0d first at vector %0d %0s: got %0h, expected %0h",
                          errors, first_vec, first_name, first_got, first_want);
            $finish(0);
        end
    endtask

    initial begin : time_out
        #1000000;
        $display("FAIL 05 %0d first at time-out", errors + 1);
        $finish(0);
    end

    // model: exact sums in 64 bits, unsigned and signed
    reg        [63:0] ua, ub, ur;
    reg signed [63:0] sa, sb, sr;
    reg w_cout, w_ovf;
    task look;
        begin
            #5;
            ua = a; ub = b;
            sa = $signed(a); sb = $signed(b);
            if (do_sub) begin
                ur = ua - ub;
                sr = sa - sb;
                w_cout = (ua >= ub);
            end else begin
                ur = ua + ub;
                sr = sa + sb;
                w_cout = (ur > 64'h00000000ffffffff);
            end
            w_ovf = (sr > 64'sd2147483647) || (sr < -64'sd2147483648);
            check("result", result, ur[31:0]);
            check("cout", cout, w_cout);
            check("overflow", overflow, w_ovf);
            check("zero", zero, (ur[31:0] == 32'd0) ? 1'b1 : 1'b0);
            vec = vec + 1;
            #5;
        end
    endtask

    reg [31:0] edgy [0:13];
    integer k, m, s;
    initial begin
        errors = 0; vec = 0; seed = 32'd59606;
        edgy[0]  = 32'h00000000; edgy[1]  = 32'h00000001; edgy[2]  = 32'hffffffff;
        edgy[3]  = 32'h7fffffff; edgy[4]  = 32'h80000000; edgy[5]  = 32'h80000001;
        edgy[6]  = 32'h7ffffffe; edgy[7]  = 32'hfffffffe; edgy[8]  = 32'h0000ffff;
        edgy[9]  = 32'hffff0000; edgy[10] = 32'h40000000; edgy[11] = 32'hc0000000;
        edgy[12] = 32'h55555555; edgy[13] = 32'haaaaaaaa;
        for (k = 0; k < 14; k = k + 1)
            for (m = 0; m < 14; m = m + 1)
                for (s = 0; s < 2; s = s + 1) begin
                    a = edgy[k]; b = edgy[m]; do_sub = s;
                    look;
                end
        for (k = 0; k < 32; k = k + 1)
            for (m = 0; m < 32; m = m + 1)
                for (s = 0; s < 2; s = s + 1) begin
                    a = 32'd1 << k; b = 32'd1 << m; do_sub = s;      look;
                    a = 32'hffffffff >> k; b = 32'd1 << m;           look;
                end
        for (k = 0; k < 5000; k = k + 1) begin
            a      = $random(seed);
            b      = $random(seed);
            do_sub = $random(seed);
            case (k % 8)
                1: b = a;
                2: b = -a;
                3: b = ~a;
                4: begin a = $signed(a) >>> ($random(seed) & 31);
                         b = $signed(b) >>> ($random(seed) & 31); end
                5: b = a + ($random(seed) & 3) - 1;
                default: ;
            endcase
            look;
        end
        report;
    end
endmodule
