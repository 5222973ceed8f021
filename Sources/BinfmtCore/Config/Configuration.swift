// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// All that the configuration files say together.
package struct Configuration: Sendable {
    package let daemon: DaemonSettings
    /// What is declared, the entry that must be asked last first: by priority, then layer, then place of declaration.
    package let entries: [DeclaredEntry]
    /// Everything that is wrong with the files, in their order.
    package let issues: [Issue]
    /// Offers that a masked file of binfmt.d hides, with the file that masks it.
    package let masked: [Masked]

    package struct Masked: Sendable {
        package let name: EntryName
        package let mask: SourceLocation

        package init(name: EntryName, mask: SourceLocation) {
            self.name = name
            self.mask = mask
        }
    }

    /// Whether some file says something that could not be taken, so that what it meant to declare is not known.
    package var isBroken: Bool { issues.contains { $0.severity == .error } }

    /// The files, or folders of files, of which that is so.
    package var brokenFiles: Set<FilePath> {
        Set(issues.lazy.filter { $0.severity == .error }.map(\.location.file))
    }

    /// Whether some file could not be read that may be readable the next time.
    package var hasTransientIssue: Bool { issues.contains { $0.isTransient } }

    /// What `[daemon]` says in all files together.
    package static func daemonSettings(_ files: [ConfigFile]) -> DaemonSettings {
        files.reduce(DaemonSettings()) { $1.daemon.over($0) }
    }

    /// - Parameters:
    ///   - files: binfmtd's own, in the order in which they are read: a later one wins.
    ///   - binfmtD: those of binfmt.d(5), in their order.
    ///   - binfmts: those of /usr/share/binfmts, in their order.
    ///   - masked: what a masked file of binfmt.d declares.
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
        // What a broken table hides or overrides in a lower layer stays hidden.
        let declared = Set(files.flatMap(\.declarations).map(\.name))
        let undeclarable = files.reduce(into: Set<EntryName>()) { $0.formUnion($1.undeclarable) }.subtracting(declared)
        entries = Self.ranked(Self.winners(layers).filter { !undeclarable.contains($0.name) })
        issues =
            files.flatMap(\.issues) + binfmts.flatMap(\.issues) + binfmtD.flatMap(\.issues)
            + Self.ambiguities(entries)
    }

    /// One entry a name: the highest layer's; within a layer, the one declared last.
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

    /// - Parameter declared: in the order of declaration within each layer.
    private static func ranked(_ declared: [DeclaredEntry]) -> [DeclaredEntry] {
        let order = declared.enumerated().sorted {
            ($0.element.priority, $0.element.layer.rawValue, $0.offset)
                < ($1.element.priority, $1.element.layer.rawValue, $1.offset)
        }
        return order.map(\.element)
    }

    /// A warning for each entry whose files another of the same priority takes, so that it is never asked.
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
                    "it recognises the same files as '\(winner.name)' (priority \(entry.priority)\(place)) and is never "
                        + "asked", consequence: "registered all the same; give one of them another priority"))
        }
        return issues.reversed()
    }
}
