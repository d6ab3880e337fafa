// Exercise 14: sequence recogniser
// Self-checking bench, Verilog-2001.
`timescale 1ns/1ps
module tb;
    reg  clk, aresetn, x;
    wire z, found;
    seq_rec dut (.clk(clk), .aresetn(aresetn), .x(x), .z(z), .found(found));

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
            if (errors == 0) $display("PASS 14");
            else $display("FAIL 14 %0d first at cycle %0d %0s: got %0h, expected %0h",
                          errors, first_vec, first_name, first_got, first_want);
            $finish(0);
        end
    endtask

    initial begin : time_out
        #1000000;
        $display("FAIL 14 %0d first at time-out", errors + 1);
        $finish(0);
    end

    // model: the last five samples and how many there are since reset
    reg [4:0] hist;
    integer   have;
    reg       live, w_z, w_found;
    task look;
        if (live) begin
            w_z     = (have >= 4 && hist[3:0] == 4'b1011 && x == 1'b0) ? 1'b1 : 1'b0;
            w_found = (have >= 5 && hist == 5'b10110) ? 1'b1 : 1'b0;
            check("z", z, w_z);
            check("found", found, w_found);
        end
    endtask

    task pull;
        begin
            aresetn = 0; have = 0; hist = 0; live = 1;
            #1 look;
        end
    endtask

    task cycle;
        begin
            #3 look;
            clk = 1;
            if (!aresetn) begin have = 0; hist = 0; end
            else begin hist = {hist[3:0], x}; have = have + 1; end
            #2 look;
            x = ~x; #1 look;
            x = ~x; #1 look;
            clk = 0;
            #2 look;
            vec = vec + 1;
        end
    endtask

    task send;            // the lowest count bits of v, first the highest of them
        input [31:0] v;
        input [31:0] count;
        integer b;
        for (b = count - 1; b >= 0; b = b - 1) begin x = v[b]; cycle; end
    endtask

    integer k;
    initial begin
        errors = 0; vec = 0; seed = 32'd130877;
        live = 0; have = 0; hist = 0;
        clk = 0; aresetn = 1; x = 0;
        #7 pull;
        x = 1; cycle; x = 0; cycle;
        aresetn = 1; #1 look;
        send(5'b10110, 5);
        send(8'b10110110, 8);          // overlap
        send(11'b10110110110, 11);
        send(6'b110110, 6);
        send(7'b1010110, 7);
        send(9'b101110110, 9);
        send(8'b10010110, 8);
        send(4'b1011, 4);
        x = 0; #1 look; x = 1; #1 look; x = 0; #1 look;   // Mealy output follows x
        pull; aresetn = 1; #1 look;    // forgets 1011
        cycle; cycle;
        send(5'b10110, 5);
        pull; aresetn = 1; #1 look;    // forgets the 10 too
        send(3'b110, 3);
        for (k = 0; k < 4096; k = k + 1) send(k, 12);     // all words of twelve bits
        for (k = 0; k < 6000; k = k + 1) begin
            x = $random(seed);
            #1;
            if (($random(seed) & 31) == 0) pull;
            else if (!aresetn && ($random(seed) & 1)) begin aresetn = 1; #1 look; end
            cycle;
        end
        report;
    end
endmodule
