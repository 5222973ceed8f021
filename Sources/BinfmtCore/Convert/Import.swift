// SPDX-License-Identifier: Apache-2.0
import SystemPackage
import LocatedTOML

/// Entries of other formats or of the kernel as a file of binfmtd's own. Nothing is lost: what cannot be expressed there
/// becomes a comment.
package struct Import: Sendable {
    /// In the order of registration.
    package let entries: [ImportedEntry]
    /// Whether the file is the whole table, so that nothing else is declared.
    package let isWhole: Bool
    /// What the user should know, in the order of the entries.
    package let issues: [Issue]
    private let caveats: [EntryName: [Caveat]]

    /// A key without which binfmtd refuses an entry.
    private struct Caveat {
        let key: String
        let reason: String
        /// Whether it is set, or a comment for the user to decide.
        let isSet: Bool
    }

    /// - Parameters:
    ///   - sources: in the order in which they were named; of two entries of one name the later one wins.
    ///   - isWhole: whether they are the kernel's whole table.
    ///   - native: the files that an entry may take only with `allow-native`.
    ///   - hazards: why users other than root can change an interpreter.
    package init(_ sources: [ImportSource], isWhole: Bool, native: NativePrograms, hazards: [FilePath: Hazard]) {
        entries = Self.winners(sources.flatMap(\.entries))
        self.isWhole = isWhole
        var caveats: [EntryName: [Caveat]] = [:]
        for entry in entries.compactMap(\.entry) {
            if let captured = native.captured(by: entry.recognition) {
                caveats[entry.name, default: []].append(
                    // An entry that the kernel already has takes no more files than it does now.
                    Caveat(key: "allow-native", reason: "its pattern matches \(captured)", isSet: isWhole))
            }
            if let hazard = entry.namedInterpreters.lazy.compactMap({ hazards[$0] }).first {
                caveats[entry.name, default: []].append(
                    Caveat(key: "allow-unsafe-interpreter", reason: "\(hazard)", isSet: false))
            }
        }
        self.caveats = caveats
        issues =
            sources.flatMap(\.issues)
            + entries.flatMap { imported in
                Self.issues(of: imported, imported.entry.flatMap { caveats[$0.name] } ?? [])
            }
    }

    /// Whether every entry is in the file, and not only as a comment.
    package var isComplete: Bool { !issues.contains { $0.severity == .error } }

    private static func issues(of imported: ImportedEntry, _ caveats: [Caveat]) -> [Issue] {
        let comment = "left as a comment"
        switch imported.content {
        case .inexpressible(let reason, _):
            return [Issue(.error, .notExpressible, at: imported.location, reason, consequence: comment)]
        case .overridden(let entry, let other):
            let name = entry.name.description
            let problem = "\(other) has another"
            return [Issue(.warning, .overridden, at: imported.location, entry: name, problem, consequence: comment)]
        case .entry(let entry, _):
            return caveats.map { caveat in
                Issue(
                    .warning, .needsOverride, at: imported.location, entry: entry.name.description, caveat.reason,
                    consequence: caveat.isSet
                        ? "imported with \(caveat.key) = true"
                        : "binfmtd refuses it without \(caveat.key) = true, which is \(comment)")
            }
        }
    }

    /// The last entry of each name; earlier ones that differ become comments.
    private static func winners(_ entries: [ImportedEntry]) -> [ImportedEntry] {
        let last = Dictionary(
            entries.compactMap { imported in imported.entry.map { ($0.name, imported) } }, uniquingKeysWith: { $1 })
        return entries.compactMap { imported in
            guard let entry = imported.entry, let winner = last[entry.name], winner.origin != imported.origin else {
                return imported
            }
            if winner.entry == entry { return nil }
            return ImportedEntry(
                location: imported.location, origin: imported.origin, content: .overridden(entry, by: winner.origin))
        }
    }
}

// MARK: - Writing

extension Import {
    /// The file.
    ///
    /// - Parameter schema: where an editor finds the schema.
    package func toml(schema: FilePath = ConfigSchema.usual) -> String {
        ([preamble(schema)] + entries.map(block)).joined(separator: "\n")
    }

    private func preamble(_ schema: FilePath) -> String {
        var writer = TOMLWriter()
        writer.schema(schema.string)
        writer.comment("Imported by binfmtctl \(Version.current). A later entry is asked before an earlier one.")
        guard isWhole else { return writer.text }
        writer.comment(
            """

            This is all that the kernel had. Without these two tables, binfmtd adds the
            entries of binfmt.d(5), and each QEMU target whose emulator is installed.
            """)
        writer.table(["daemon"])
        writer.pair("binfmt-d", false)
        writer.table(["qemu"])
        writer.pair("targets", [] as [String])
        return writer.text
    }

    private func block(_ imported: ImportedEntry) -> String {
        var writer = TOMLWriter()
        switch imported.content {
        case .entry(let entry, let isEnabled):
            write(entry, isEnabled: isEnabled, from: imported.origin, to: &writer)
        case .inexpressible(let reason, let text):
            writer.comment("Not imported from \(imported.origin): \(reason)")
            for line in text.split(separator: "\n") { writer.comment("    \(line)") }
        case .overridden(let entry, let other):
            writer.comment("Not imported from \(imported.origin): \(other) has another '\(entry.name)'")
            writer.comment("    \(entry.registerText)")
        }
        return writer.text
    }

    private func write(_ entry: Entry, isEnabled: Bool, from origin: String, to writer: inout TOMLWriter) {
        let preset = Preset.saying(entry)
        let platform = entry.recognition.platform.map { " (\($0))" } ?? ""
        writer.table(["entry", String(decoding: entry.name.bytes, as: UTF8.self)])
        writer.comment("\(entry.recognition)\(platform)\nfrom \(origin)")
        if entry.interpreter == BinfmtsFile.runDetectors {
            writer.comment("Whether a file is for it, binfmt-support's database tells.")
        }
        if let preset { writer.pair("preset", preset.name) } else { writer.pairs(entry.recognition) }
        if let path = entry.namedInterpreter { writer.pair("interpreter", path.string) }
        let usual = preset?.flags ?? []
        for flag in EntryFlags.Flag.allCases {
            let isSet = entry.flags.contains(EntryFlags(flag))
            if isSet != usual.contains(EntryFlags(flag)) { writer.pair(flag.key, isSet) }
        }
        // All have one priority, so that their order here is the order of registration.
        if let preset, preset.priority != 0 { writer.pair("priority", 0) }
        if !isEnabled {
            writer.comment("It is disabled in the kernel.")
            writer.pair("enabled", false)
        }
        for caveat in caveats[entry.name] ?? [] {
            writer.comment("Refused without this: \(caveat.reason)")
            if caveat.isSet { writer.pair(caveat.key, true) } else { writer.comment("\(caveat.key) = true") }
        }
    }
}
