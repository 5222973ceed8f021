// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// The combined content of all configuration files.
package struct Configuration: Sendable {
    package let daemon: DaemonSettings
    /// The declared entries, sorted by priority, then layer, then place of declaration; the kernel must try the last
    /// one first.
    package let entries: [DeclaredEntry]
    /// All problems of the files, in the files' order.
    package let issues: [Issue]
    /// Offers that a masked binfmt.d file hides, with the mask.
    package let masked: [Masked]

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
    package init(
        files: [ConfigFile], binfmtD: [BinfmtDFile] = [], binfmts: [BinfmtsFile] = [], masked: [Masked] = []
    ) {
        daemon = Self.daemonSettings(files)
        let qemu = files.reduce(QemuSettings()) { $1.qemu.over($0) }

        var layers: [DeclaredEntry] = qemu.selected.compactMap { target in
            guard let name = try? EntryName(declaring: "qemu-" + target.name) else { return nil }
            return DeclaredEntry(target, name: name, qemu: qemu)
        }
        let offersMasked = Dictionary(masked.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        let hidden = layers.filter { $0.isOffer && offersMasked[$0.name] != nil }
        self.masked = hidden.compactMap { offersMasked[$0.name] }
        layers.removeAll { $0.isOffer && offersMasked[$0.name] != nil }

        layers += binfmts.compactMap(\.declaration)
        for file in binfmtD {
            if !file.undeclarable.isEmpty { layers.removeAll { file.undeclarable.contains($0.name) } }
            layers += file.declarations
        }
        for file in files { layers += file.declarations.map { DeclaredEntry($0, qemu: qemu) } }
        // A broken table still hides the entry of its name in lower layers.
        let declared = Set(files.flatMap(\.declarations).map(\.name))
        let undeclarable = files.reduce(into: Set<EntryName>()) { $0.formUnion($1.undeclarable) }.subtracting(declared)
        entries = Self.ranked(Self.winners(layers).filter { !undeclarable.contains($0.name) })
        issues =
            files.flatMap(\.issues) + binfmts.flatMap(\.issues) + binfmtD.flatMap(\.issues)
            + Self.ambiguities(entries)
    }

    /// Selects one entry per name: from the highest layer, and within a layer the one declared last.
    private static func winners(_ declared: [DeclaredEntry]) -> [DeclaredEntry] {
        var winners: [EntryName: Int] = Dictionary(minimumCapacity: declared.count)
        var isHidden = [Bool](repeating: false, count: declared.count)
        for (index, entry) in declared.enumerated() {
            guard let other = winners.updateValue(index, forKey: entry.name) else { continue }
            let hidden = declared[other].layer > entry.layer ? index : other
            isHidden[hidden] = true
            if hidden == index { winners[entry.name] = other }
        }
        return zip(declared, isHidden).compactMap { $1 ? nil : $0 }
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
            let place = winner.location.map { ", \($0.file):\($0.line)" } ?? ""
            issues.append(
                Issue(
                    .warning, .ambiguous, at: location, entry: entry.name.description,
                    "it matches the same files as '\(winner.name)' (priority \(entry.priority)\(place)) and is never "
                        + "used", consequence: "still registered; give one of them a different priority"))
        }
        return issues.reversed()
    }
}
