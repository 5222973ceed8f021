// SPDX-License-Identifier: Apache-2.0

/// A level of x86-64 processors above the first, as the x86-64 psABI defines them ("Micro-Architecture Levels"), by the
/// name of Docker's variant.
package enum AMD64Level: String, CaseIterable, Sendable {
    case v2, v3, v4

    /// The features of a processor, as CPUID and XGETBV report them (Intel's manual, volume 2A).
    package struct Features: Hashable, Sendable {
        /// ECX of leaf 1.
        package var leaf1: UInt32
        /// EBX of leaf 7.
        package var leaf7: UInt32
        /// ECX of leaf 0x80000001.
        package var extended: UInt32
        /// The registers that the kernel saves (XCR0).
        package var saved: UInt32

        package init(leaf1: UInt32 = 0, leaf7: UInt32 = 0, extended: UInt32 = 0, saved: UInt32 = 0) {
            self.leaf1 = leaf1
            self.leaf7 = leaf7
            self.extended = extended
            self.saved = saved
        }

        fileprivate func contain(_ other: Features) -> Bool {
            leaf1 & other.leaf1 == other.leaf1 && leaf7 & other.leaf7 == other.leaf7
                && extended & other.extended == other.extended && saved & other.saved == other.saved
        }
    }

    /// The levels of a processor. Each includes the lower ones.
    package static func all(_ features: Features) -> [AMD64Level] {
        Array(allCases.prefix { features.contain($0.required) })
    }

    /// The features that this level adds.
    private var required: Features {
        switch self {
        case .v2:  // SSE3, SSSE3, CMPXCHG16B, SSE4.1, SSE4.2, POPCNT; LAHF
            Features(leaf1: Self.bits(0, 9, 13, 19, 20, 23), extended: Self.bits(0))
        case .v3:  // FMA, MOVBE, OSXSAVE, AVX, F16C; BMI1, AVX2, BMI2; LZCNT; SSE and AVX registers
            Features(
                leaf1: Self.bits(12, 22, 27, 28, 29), leaf7: Self.bits(3, 5, 8), extended: Self.bits(5),
                saved: Self.bits(1, 2))
        case .v4:  // AVX512F, AVX512DQ, AVX512CD, AVX512BW, AVX512VL; mask registers, ZMM_Hi256, Hi16_ZMM
            Features(leaf7: Self.bits(16, 17, 28, 30, 31), saved: Self.bits(5, 6, 7))
        }
    }

    private static func bits(_ positions: UInt32...) -> UInt32 { positions.reduce(0) { $0 | 1 << $1 } }
}
