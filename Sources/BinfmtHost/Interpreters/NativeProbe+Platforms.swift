// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import CLinux

extension NativeProbe {
    /// The platforms whose programs need no emulator.
    package var platforms: PlatformList {
        PlatformList(
            own: QemuTarget.all.first { $0.identity == native.identity }, others: natives(among: QemuTarget.all),
            levels: AMD64Level.ofThisProcessor)
    }
}

extension PlatformList {
    /// The platforms whose programs the processor that runs this program runs itself; none if that cannot be found out.
    package static var ofThisProcessor: PlatformList {
        (try? NativeProbe())?.platforms ?? PlatformList(own: nil, others: [], levels: [])
    }
}

extension AMD64Level {
    /// The levels of the processor that runs this program; none if it is no x86-64.
    package static var ofThisProcessor: [AMD64Level] {
        let leaf1 = binfmt_cpuid(1).c
        // OSXSAVE, without which XGETBV is an illegal instruction.
        let savesRegisters = leaf1 & 1 << 27 != 0
        return all(
            Features(
                leaf1: leaf1, leaf7: binfmt_cpuid(7).b, extended: binfmt_cpuid(0x8000_0001).c,
                saved: savesRegisters ? binfmt_saved_registers() : 0))
    }
}
