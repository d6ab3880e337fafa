/**
 * Words of C++ and SystemC that are legal names in Verilog but that Verilator's lint complains of (SYMRSVDWORD) when a port
 * of the top has one: it would be a member of the C++ class of that port. All that Verilator 5.006 knows and that neither
 * Verilog nor SystemVerilog reserves.
 */
export const cppWords: ReadonlySet<string> = new Set(
  `
abort alignas alignof and_eq asm atomic_cancel atomic_commit atomic_noexcept auto bit_vector bitand bitor bool catch cdecl
char char16_t char32_t compl complex concept const_cast const_iterator constexpr decltype delete deque double dynamic_cast
explicit false far float friend goto huge inline interrupt iterator list long map mutable namespace near noexcept not_eq
nullptr operator or_eq override pascal private public queue reference register requires sc_clock sc_in sc_inout sc_out
sc_signal sensitive sensitive_neg sensitive_pos set short sizeof stack static_assert static_cast switch synchronized
template thread_local throw transaction_safe transaction_safe_dynamic true try type_info typeid typename uint16_t uint32_t
uint8_t using vector volatile wchar_t xor_eq`
    .trim()
    .split(/\s+/),
);
