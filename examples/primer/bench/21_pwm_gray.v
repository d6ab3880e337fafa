// Exercise 21: PWM generator with Gray-coded position
// Self-checking bench, Verilog-2001.
`timescale 1ns/1ps
module tb;
    reg        clk, rst_n, enable;
    reg  [7:0] duty;
    wire       pwm, wrap;
    wire [7:0] gray;
    pwm_gray dut (.clk(clk), .rst_n(rst_n), .enable(enable), .duty(duty), .pwm(pwm),
                  .gray(gray), .wrap(wrap));

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
            if (errors == 0) $display("PASS 21");
            else $display("FAIL 21 %0d first at cycle %0d %0s: got %0h, expected %0h",
                          errors, first_vec, first_name, first_got, first_want);
            $finish(0);
        end
    endtask

    initial begin : time_out
        #2000000;
        $display("FAIL 21 %0d first at time-out", errors + 1);
        $finish(0);
    end

    // model: position and level as integers; Gray code built by reflection
    integer p, level, j;
    reg [7:0] code [0:255];
    reg live;
    task look;
        if (live) begin
            check("pwm", pwm, p < level);
            check("gray", gray, code[p]);
            check("wrap", wrap, (enable && p == 255) ? 1'b1 : 1'b0);
        end
    endtask

    task cycle;
        begin
            #4 look;
            clk = 1;
            if (!rst_n) begin p = 0; level = 0; live = 1; end
            else if (enable) begin
                p = p + 1;
                if (p == 256) begin p = 0; level = duty; end
            end
            #2 look;
            duty = ~duty; enable = ~enable; #1 look;
            duty = ~duty; enable = ~enable; #1 look;
            clk = 0;
            #2 look;
            vec = vec + 1;
        end
    endtask

    integer k, d;
    initial begin
        errors = 0; vec = 0; seed = 32'd186310;
        code[0] = 0;
        for (k = 1; k < 256; k = k * 2)
            for (j = 0; j < k; j = j + 1) code[k + j] = code[k - 1 - j] + k;
        live = 0; p = 0; level = 0;
        clk = 0; rst_n = 1; enable = 0; duty = 8'd200;
        #5;
        rst_n = 0; cycle;
        enable = 1; cycle; cycle;               // reset over enable
        rst_n = 1;
        for (k = 0; k < 256; k = k + 1) cycle;  // first period stays low
        for (d = 0; d < 8; d = d + 1) begin
            case (d)
                0: duty = 8'd0;   1: duty = 8'd255; 2: duty = 8'd1;   3: duty = 8'd128;
                4: duty = 8'd254; 5: duty = 8'd2;   6: duty = 8'd127; 7: duty = 8'd77;
            endcase
            for (k = 0; k < 256; k = k + 1) cycle;
        end
        // hold at the last position: no wrap without enable
        for (k = 0; k < 255; k = k + 1) cycle;
        enable = 0; duty = 8'd99; cycle; cycle; cycle;
        enable = 1; duty = 8'd50; cycle; duty = 8'd3;
        for (k = 0; k < 100; k = k + 1) cycle;
        // reset is synchronous: a pulse between edges does nothing
        rst_n = 0; #1 look; rst_n = 1; #1 look;
        cycle;
        rst_n = 0; cycle; rst_n = 1;
        for (k = 0; k < 300; k = k + 1) cycle;
        for (k = 0; k < 20000; k = k + 1) begin
            if (($random(seed) & 7) == 0) duty = $random(seed);
            enable = (k[12]) ? (($random(seed) & 3) != 0) : (($random(seed) & 63) != 0);
            rst_n  = (($random(seed) & 1023) != 0);
            cycle;
        end
        report;
    end
endmodule
