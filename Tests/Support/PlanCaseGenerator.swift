// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import SystemPackage

/// Generates situations in the notation of ``PlanCase``, so that a failing one can become a fixture. There are few
/// names, patterns and interpreters, so that declared and registered entries collide.
package struct PlanCaseGenerator {
    private var random: SeededGenerator

    package init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    /// The patterns of entries. None of them captures the host's programs, because the kernel's tests register them,
    /// too.
    package static let recognitions: [Recognition] = {
        let magics: [(Int, [UInt8], [UInt8]?)] = [
            (0, Array("A".utf8), nil), (0, Array("AB".utf8), nil), (0, Array("ABC".utf8), nil),
            (0, Array("AD".utf8), nil), (0, Array("B".utf8), nil), (1, Array("B".utf8), nil),
            (0, Array("A-C".utf8), [0xff, 0, 0xff]), (0, Array("A".utf8), [0xdf]),
        ]
        // All 64-bit programs of machines with numbers such as AArch64's and RISC-V's, as Rosetta matches all x86
        // programs.
        let header: [UInt8] = [0x7f, 0x45, 0x4c, 0x46, 2, 1] + [UInt8](repeating: 0, count: 12) + [0x80]
        let mask = [UInt8](repeating: 0xff, count: 6) + [UInt8](repeating: 0, count: 12) + [0x80]
        let patterns = (magics + [(0, header, mask)]).compactMap { try? MagicPattern(offset: $0, magic: $1, mask: $2) }
        let extensions = ["x", "y"].compactMap { try? FilenameExtension(declaring: $0) }
        return patterns.map(Recognition.magic) + extensions.map(Recognition.filenameExtension)
            + targets.map {
                .magic($0.pattern)
            }
    }()

    private static let targets = ["arm64", "riscv64"].compactMap(QemuTarget.named)
    private static let names = ["a", "b", "c", "d", "e", "f", "g", "h"]
    private static let interpreters = ["/bin/true", "/bin/false", "/bin/cat", "/bin/sh"]

    private struct Declared {
        let entry: Entry
        let text: String
    }

    /// - Parameter size: the maximum number of declared entries, not counting those of `[qemu]`.
    package mutating func text(size: Int) -> String {
        let declared = Self.names.shuffled(using: &random).prefix(Int.random(in: 0...size, using: &random)).map {
            declaration(of: $0)
        }
        let qemu = qemu()
        var text = "[kernel]\n"
        for line in kernel(declared.map(\.entry) + qemu.entries) { text += line + "\n" }
        text += "[declared]\n[daemon]\nforeign = \"\(pick(["keep", "keep", "protect", "remove"]))\"\n" + qemu.text
        for entry in declared { text += entry.text }
        if chance(0.1) { text += "[entry.broken]\nmagic = NEW\n" }
        text += "[missing]\n"
        for path in Self.interpreters where chance(0.1) { text += path + pick(["", " just now", " unknown"]) + "\n" }
        return text
    }

    // MARK: - Declared entries

    private mutating func declaration(of name: String) -> Declared {
        let entry = entry(name)
        var text = "[entry.\(name)]\n"
        switch entry.recognition {
        case .handler: break
        case .filenameExtension(let name): text += "extension = \"\(name)\"\n"
        case .magic(let pattern):
            text += "magic = \"0x\(pattern.magic.hex)\"\n"
            if !pattern.isExact { text += "mask = \"0x\(pattern.mask.hex)\"\n" }
            if pattern.offset != 0 { text += "offset = \(pattern.offset)\n" }
        }
        let others = chance(0.2) ? ", \"\(pick(Self.interpreters))\"" : ""
        text += "interpreter = [\"\(entry.interpreter)\"\(others)]\n"
        for flag in entry.flags.flags { text += "\(flag.key) = true\n" }
        let priority = Int.random(in: -1...1, using: &random)
        if priority != 0 { text += "priority = \(priority)\n" }
        if chance(0.1) { text += "enabled = false\n" }
        return Declared(entry: entry, text: text)
    }

    /// A `[qemu]` with offers, one with a list, and none.
    private mutating func qemu() -> (entries: [Entry], text: String) {
        let interpreter = pick(Self.interpreters)
        let targets = Self.targets.filter { _ in chance(0.7) }
        let entries = targets.compactMap { target in
            (try? EntryName(declaring: "qemu-\(target.name)")).map {
                Entry(
                    name: $0, recognition: .magic(target.pattern), interpreter: FilePath(interpreter),
                    flags: .fixBinary)
            }
        }
        let list = { (targets: [QemuTarget]) in "[" + targets.map { "\"\($0.name)\"" }.joined(separator: ", ") + "]" }
        let selection =
            switch Int.random(in: 0..<4, using: &random) {
            case 0: "targets = []\n"
            case 1: "targets = \(list(targets))\n"
            case 2: "targets = \"all\"\nexcept = \(list(QemuTarget.known.filter { !targets.contains($0) }))\n"
            default: "targets = \"installed\"\nexcept = \(list(QemuTarget.known.filter { !targets.contains($0) }))\n"
            }
        return (entries, "[qemu]\n\(selection)interpreter = \"\(interpreter)\"\n")
    }

    private mutating func entry(_ name: String) -> Entry {
        var flags: EntryFlags = []
        for flag in EntryFlags.Flag.classic where chance(0.25) { flags.insert(EntryFlags(flag)) }
        return Entry(
            name: EntryName(observed: name.utf8), recognition: pick(Self.recognitions),
            interpreter: FilePath(pick(Self.interpreters)), flags: flags)
    }

    // MARK: - Registered entries

    /// Register strings with their owners: of declared entries, unchanged or changed, and of others.
    private mutating func kernel(_ declared: [Entry]) -> [String] {
        var entries: [Entry] = []
        for one in declared where chance(0.7) {
            entries.append(chance(0.6) ? one : entry(one.name.description))
        }
        for name in ["old", "theirs", "qemu-theirs"] where chance(0.4) { entries.append(entry(name)) }
        var lines = entries.compactMap { line($0, pick(Self.owners)) }
        for entry in entries + declared where chance(0.1) {
            guard let string = try? RegisterString(entry).standIn else { continue }
            let standIn = "ours " + String(decoding: string.bytes, as: UTF8.self)
            if !lines.contains(where: { $0.hasPrefix("ours :\(entry.name.standIn):") }) { lines.append(standIn) }
        }
        return lines.shuffled(using: &random)
    }

    private static let owners = [
        "ours", "ours", "ours", "disabled", "stale", "unrecorded", "retaken", "foreign", "foreign-disabled", "lost",
    ]

    private func line(_ entry: Entry, _ owner: String) -> String? {
        guard let string = try? RegisterString(entry) else { return nil }
        return "\(owner) \(String(decoding: string.bytes, as: UTF8.self))"
    }

    // MARK: - Chance

    private mutating func chance(_ probability: Double) -> Bool {
        Double.random(in: 0..<1, using: &random) < probability
    }

    private mutating func pick<Value>(_ values: [Value]) -> Value {
        values[Int.random(in: 0..<values.count, using: &random)]
    }
}
