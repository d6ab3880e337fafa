// Exercise 02: byte swap, part-select, sign extension
// Self-checking bench, Verilog-2001.
`timescale 1ns/1ps
module tb;
    reg  [31:0] in;
    reg  [1:0]  mode;
    reg  [2:0]  idx;
    wire [31:0] out, sext;
    wire [3:0]  nib;
    lane_tool dut (.in(in), .mode(mode), .idx(idx), .out(out), .nib(nib), .sext(sext));

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
            if (errors == 0) $display("PASS 02");
            else $display("FAIL 02 %0d first at vector %0d %0s: got %0h, expected %0h",
                          errors, first_vec, first_name, first_got, first_want);
            $finish(0);
        end
    endtask

    initial begin : time_out
        #1000000;
        $display("FAIL 02 %0d first at time-out", errors + 1);
        $finish(0);
    end

    // model: bit position arithmetic and shifts
    reg [31:0] w_out, w_sext, w_nib;
    integer j, src;
    task look;
        begin
            #5;
            for (j = 0; j < 32; j = j + 1) begin
                case (mode)
                    2'd1:    src = (3 - j / 8) * 8 + (j % 8);
                    2'd2:    src = (j / 16) * 16 + ((j + 8) % 16);
                    2'd3:    src = 31 - j;
                    default: src = j;
                endcase
                w_out[j] = in[src];
            end
            w_nib  = (in >> (4 * idx)) & 32'hf;
            w_sext = (in >> (8 * (idx % 4))) & 32'hff;
            if (w_sext >= 128) w_sext = w_sext - 256;
            check("out", out, w_out);
            check("nib", nib, w_nib);
            check("sext", sext, w_sext);
            vec = vec + 1;
            #5;
        end
    endtask

    task sweep;
        integer k;
        for (k = 0; k < 32; k = k + 1) begin
            {mode, idx} = k;
            look;
        end
    endtask

    integer m;
    initial begin
        errors = 0; vec = 0; seed = 32'd35849;
        in = 32'h12345678; sweep;
        in = 32'h0;        sweep;
        in = 32'hffffffff; sweep;
        in = 32'h807f00ff; sweep;
        for (m = 0; m < 32; m = m + 1) begin in = 32'd1 << m;    sweep; end
        for (m = 0; m < 32; m = m + 1) begin in = ~(32'd1 << m); sweep; end
        for (m = 0; m < 4000; m = m + 1) begin
            in   = $random(seed);
            mode = $random(seed);
            idx  = $random(seed);
            look;
        end
        report;
    end
endmodule
