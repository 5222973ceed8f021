// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// The combined content of all configuration files.
package struct Configuration: Sendable {
    package let daemon: DaemonSettings
    /// The declared entries, sorted by priority, then layer, then place of declaration; the kernel must try the last
    /// one first.
    package let entries: [DeclaredEntry]
    /// The problems of the files, in the files' order; of one file no more than ``IssueList/limit`` are listed.
    package let issues: [Issue]
    /// Offers that a masked binfmt.d file hides, with the mask.
    package let masked: [Masked]
    /// Lines of binfmt.d(5) that something above them disables or leaves out. A foreign entry that is just as one of them says
    /// is unregistered, too. The lines of a masked file are not among them: no program reads it.
    package let deselected: [DeclaredEntry]
    /// The combined `[qemu]` settings, and the lines that have what these do not say: an entry of a preset `qemu-TARGET`
    /// depends on both.
    package let qemu: QemuSettings
    let qemuLines: [QemuTarget: DeclaredEntry]

    /// The broken files whose last valid version is in effect.
    package let kept: KeptFiles

    package struct Masked: Sendable {
        package let name: EntryName
        package let mask: SourceLocation

        package init(name: EntryName, mask: SourceLocation) {
            self.name = name
            self.mask = mask
        }
    }

    /// Whether some file has an error, so that its declarations are not fully known.
    package var isBroken: Bool { issues.contains { $0.severity == .error } }

    /// The files with errors, and directories that could not be listed.
    package var brokenFiles: Set<FilePath> {
        Set(issues.lazy.filter { $0.severity == .error }.map(\.location.file))
    }

    /// Whether some file could not be read for a transient reason.
    package var hasTransientIssue: Bool { issues.contains { $0.isTransient } }

    /// The combined `[daemon]` settings of all files.
    package static func daemonSettings(_ files: [ConfigFile]) -> DaemonSettings {
        files.reduce(DaemonSettings()) { $1.daemon.over($0) }
    }

    /// - Parameters:
    ///   - files: binfmtd's own files in reading order: a later one takes precedence.
    ///   - binfmtD: the files of binfmt.d(5), in reading order.
    ///   - binfmts: the files of /usr/share/binfmts, in reading order.
    ///   - masked: the declarations of masked binfmt.d files.
    ///   - kept: the broken files whose last valid version is in effect.
    package init(
        files: [ConfigFile], binfmtD: [BinfmtDFile] = [], binfmts: [BinfmtsFile] = [], masked: [Masked] = [],
        kept: KeptFiles = KeptFiles()
    ) {
        daemon = Self.daemonSettings(files)
        self.kept = kept
        let qemu = files.reduce(QemuSettings()) { $1.qemu.over($0) }
        self.qemu = qemu

        let selection = QemuSelection(
            qemu, lines: Self.lines(binfmtD), isKnown: !files.contains { $0.mayHideQemuSettings })
        qemuLines = selection.served
        var layers = selection.entries
        let offersMasked = Dictionary(masked.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        let hidden = layers.filter { $0.isOffer && offersMasked[$0.name] != nil }
        self.masked = hidden.compactMap { offersMasked[$0.name] }
        layers.removeAll { $0.isOffer && offersMasked[$0.name] != nil }

        layers += binfmts.compactMap(\.declaration)
        let unreadable = binfmtD.reduce(into: Set<EntryName>()) { $0.formUnion($1.undeclarable) }
        if !unreadable.isEmpty { layers.removeAll { unreadable.contains($0.name) } }
        layers += selection.lines
        for file in files { layers += file.declarations.map { DeclaredEntry($0, qemu: qemu, lines: selection.served) } }
        // A broken table still hides the entry of its name in lower layers.
        let declared = Set(files.flatMap(\.declarations).map(\.name))
        let undeclarable = files.reduce(into: Set<EntryName>()) { $0.formUnion($1.undeclarable) }.subtracting(declared)
        let overriding = Overriding(layers)
        entries = Self.ranked(overriding.winners.filter { !undeclarable.contains($0.name) })
        deselected = selection.deselected + overriding.deselected.filter { $0.layer == .binfmtD }
        issues = IssueList.limited(
            files.flatMap(\.issues) + binfmts.flatMap(\.issues) + binfmtD.flatMap(\.issues) + selection.issues
                + overriding.issues + Self.uselessDisabling(entries, [layers, deselected]) + Self.ambiguities(entries))
    }

    /// The lines of binfmt.d(5), without those that a later broken one makes void.
    private static func lines(_ files: [BinfmtDFile]) -> [DeclaredEntry] {
        var lines: [DeclaredEntry] = []
        for file in files {
            if !file.undeclarable.isEmpty { lines.removeAll { file.undeclarable.contains($0.name) } }
            lines += file.declarations
        }
        return lines
    }

    /// Makes a warning for each `enabled = false` that disables nothing.
    ///
    /// - Parameter others: all declarations, those that are not in effect included.
    private static func uselessDisabling(_ entries: [DeclaredEntry], _ others: [[DeclaredEntry]]) -> [Issue] {
        let disabling = entries.filter { $0.layer == .entry && !$0.isEnabled && $0.recognition == nil }
        if disabling.isEmpty { return [] }
        let others = Set(others.lazy.joined().filter { $0.recognition != nil }.map(\.name))
        var issues = IssueList()
        for entry in disabling where !others.contains(entry.name) {
            guard let location = entry.location else { continue }
            issues.add(
                .warning, .noEffect, at: location, entry: entry.name.description,
                "it disables nothing, because nothing else declares an entry of this name\(hint(entry.name, others))")
        }
        return issues.all
    }

    /// The entry that is probably meant by a name: that of the target, which has other names, too, or the nearest.
    private static func hint(_ name: EntryName, _ others: Set<EntryName>) -> String {
        let text = name.description
        let meant = QemuTarget.meant(by: text)?.entryName
        if let meant, others.contains(meant) { return " (did you mean '\(meant)'?)" }
        return Spelling.hint(for: text, among: others.map(\.description))
    }

    /// - Parameter declared: the entries, in the order of declaration within each layer.
    private static func ranked(_ declared: [DeclaredEntry]) -> [DeclaredEntry] {
        let order = declared.enumerated().sorted {
            ($0.element.priority, $0.element.layer.rawValue, $0.offset)
                < ($1.element.priority, $1.element.layer.rawValue, $1.offset)
        }
        return order.map(\.element)
    }

    /// Makes a warning for each entry that never matches, because another one of the same priority matches the same
    /// files first.
    private static func ambiguities(_ ranked: [DeclaredEntry]) -> [Issue] {
        struct Rank: Hashable {
            let recognition: Recognition
            let priority: Int
        }
        var winners: [Rank: DeclaredEntry] = Dictionary(minimumCapacity: ranked.count)
        var issues: [Issue] = []
        for entry in ranked.reversed() where entry.isEnabled && !entry.isOffer {
            guard let recognition = entry.recognition, let location = entry.location else { continue }
            let rank = Rank(recognition: recognition, priority: entry.priority)
            guard let winner = winners.updateValue(entry, forKey: rank) else { continue }
            winners[rank] = winner
            let place = winner.location.map { ", \($0.place)" } ?? ""
            issues.append(
                Issue(
                    .warning, .ambiguous, at: location, entry: entry.name.description,
                    "it matches the same files as '\(winner.name)' (priority \(entry.priority)\(place)) and is never "
                        + "used",
                    consequence: "still registered; "
                        + (entry.form == .table || winner.form == .table
                            ? "give one of them a different priority"
                            : "to be asked first, it needs an [entry] of its name with a higher priority")))
        }
        return issues.reversed()
    }
}

extension Configuration {
    /// Whether an entry needs what not every kernel takes.
    package var needsRecentKernel: Bool {
        entries.contains { entry in
            if case .handler = entry.recognition { return true }
            return entry.flags.contains(.loader) || entry.flags.contains(.transparent)
        }
    }
}
