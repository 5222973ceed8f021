// SPDX-License-Identifier: Apache-2.0
import TestSupport
import Testing

@testable import BinfmtCore

@Suite struct QemuTargetTests {
    @Test func areThoseOfQemusOwnTable() throws {
        let rows = try Fixtures.text("qemu/targets.tsv").split(separator: "\n").filter { !$0.hasPrefix("#") }
        let table = QemuTarget.all.map { "\($0.name)\t\($0.pattern.magic.hex)\t\($0.pattern.mask.hex)" }
        #expect(table == rows.map(String.init))
    }

    /// A program's real header: both ET_EXEC and ET_DYN, with the ABI's OSABI and e_flags.
    private func headers(of target: QemuTarget) -> [[UInt8]] {
        let elf = target.identity
        let abis: [UInt8] = [0, 3]
        let types: [UInt16] = [2, 3]
        let version: UInt32 = 1
        // EF_MIPS_ABI2 marks N32; the other flags are those that compilers set.
        let flags: UInt32 = target.name.hasPrefix("mipsn32") ? 0x8000_0027 : target.family == "mips" ? 0x7000_1007 : 5
        let word = [UInt8](repeating: 0x11, count: elf.elfClass == .bits32 ? 12 : 24)
        return abis.flatMap { abi in
            types.map { type in
                var header = ELFIdentity.magic + [elf.elfClass.rawValue, elf.byteOrder.rawValue, 1, abi]
                header += [UInt8](repeating: 0, count: 8)
                header += elf.bytes(type) + elf.bytes(elf.machine) + elf.bytes(version)
                return header + word + elf.bytes(flags)
            }
        }
    }

    @Test(arguments: QemuTarget.known)
    func takesItsOwnProgramsAndNoOthers(_ target: QemuTarget) {
        for header in headers(of: target) {
            let takers = QemuTarget.known.filter { $0.pattern.matches(header) }.map(\.name)
            #expect(takers == [target.name])
        }
    }

    @Test func overlapWithNoOther() {
        for (index, a) in QemuTarget.known.enumerated() {
            for b in QemuTarget.known.dropFirst(index + 1) {
                #expect(!a.pattern.overlaps(b.pattern), "\(a.name) \(b.name)")
            }
        }
    }

    @Test(arguments: [
        ("aarch64", "aarch64"), ("arm64", "aarch64"), ("linux/arm64", "aarch64"), ("linux/arm64/v8", "aarch64"),
        ("amd64", "x86_64"), ("arm", "arm"), ("arm/v7", "arm"), ("linux/arm/v6", "arm"), ("armhf", "arm"),
        ("armel", "arm"), ("ppc64el", "ppc64le"), ("mips64le", "mips64el"), ("loong64", "loongarch64"),
        ("386", "i386"), ("linux/386", "i386"), ("i486", "i486"),
    ])
    func isKnownByEveryName(_ name: String, _ target: String) {
        #expect(QemuTarget.named(name)?.name == target)
    }

    /// As `status` finds it: by a target's name, or by the name that its entry might have.
    @Test(arguments: [("arm64", "aarch64"), ("qemu-arm64", "aarch64"), ("qemu-aarch64", "aarch64"), ("qemu-", nil)])
    func isMeantByTheNameOfItsEntry(_ name: String, _ target: String?) {
        #expect(QemuTarget.meant(by: name)?.name == target)
    }

    @Test func noNameStandsForTwo() {
        let names = QemuTarget.known.flatMap { Set($0.aliases + [$0.name]) }
        #expect(Set(names).count == names.count)
    }

    @Test func i486IsRunByTheInterpreterOfI386() throws {
        let target = try #require(QemuTarget.named("i486"))
        #expect(InterpreterTemplate("/q/{target}/qemu-{target}").path(for: target) == "/q/i386/qemu-i386")
    }
}
