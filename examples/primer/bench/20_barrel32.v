// Exercise 20: barrel shifter
// Self-checking bench, Verilog-2001.
`timescale 1ns/1ps
module tb;
    reg  [31:0] in;
    reg  [4:0]  amt;
    reg  [2:0]  op;
    wire [31:0] out;
    barrel32 dut (.in(in), .amt(amt), .op(op), .out(out));

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
            if (errors == 0) $display("PASS 20");
            else $display("FAIL 20 %0d first at vector %0d %0s: got %0h, expected %0h",
                          errors, first_vec, first_name, first_got, first_want);
            $finish(0);
        end
    endtask

    initial begin : time_out
        #1000000;
        $display("FAIL 20 %0d first at time-out", errors + 1);
        $finish(0);
    end

    // model: where does every bit come from
    reg [31:0] w_out;
    integer j, n;
    task look;
        begin
            #5;
            n = amt;
            for (j = 0; j < 32; j = j + 1)
                case (op)
                    3'd0: w_out[j] = (j >= n) ? in[(j + 32 - n) % 32] : 1'b0;
                    3'd1: w_out[j] = (j + n < 32) ? in[(j + n) % 32] : 1'b0;
                    3'd2: w_out[j] = (j + n < 32) ? in[(j + n) % 32] : in[31];
                    3'd3: w_out[j] = in[(j + 32 - n) % 32];
                    3'd4: w_out[j] = in[(j + n) % 32];
                    default: w_out[j] = in[j];
                endcase
            check("out", out, w_out);
            vec = vec + 1;
            #5;
        end
    endtask

    task sweep;           // all operations and amounts
        integer k;
        for (k = 0; k < 256; k = k + 1) begin {op, amt} = k; look; end
    endtask

    integer k;
    initial begin
        errors = 0; vec = 0; seed = 32'd178391;
        in = 32'h00000001; sweep;
        in = 32'h80000000; sweep;
        in = 32'hffffffff; sweep;
        in = 32'h00000000; sweep;
        in = 32'h7fffffff; sweep;
        in = 32'h87654321; sweep;
        for (k = 0; k < 6; k = k + 1) begin in = $random(seed); sweep; end
        for (k = 0; k < 4000; k = k + 1) begin
            in  = $random(seed);
            amt = $random(seed);
            op  = $random(seed);
            look;
        end
        report;
    end
endmodule
