// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// The entries of QEMU's targets after `[qemu]` is applied: the binfmt.d(5) lines that it selects, changed by the keys
/// that it contains, and one entry for each selected target without a line.
struct QemuSelection {
    /// The entries of targets without a line.
    private(set) var entries: [DeclaredEntry] = []
    /// The lines, in order, with those of QEMU's targets that remain.
    private(set) var lines: [DeclaredEntry] = []
    /// The lines that `[qemu]` leaves out.
    private(set) var deselected: [DeclaredEntry] = []
    private(set) var issues: [Issue] = []
    /// The line of each target that has one.
    private(set) var served: [QemuTarget: DeclaredEntry] = [:]

    /// - Parameters:
    ///   - lines: the declarations of binfmt.d(5), in the order of reading.
    ///   - isKnown: false if a file that cannot be read may contain other keys: then nothing is offered.
    init(_ settings: QemuSettings, lines: [DeclaredEntry], isKnown: Bool) {
        for line in lines {
            guard let target = Self.target(of: line) else {
                self.lines.append(line)
                continue
            }
            served[target] = line
            if let reason = settings.deselection(of: target) {
                deselected.append(line)
                if let issue = Self.issue(deselecting: line, reason) { issues.append(issue) }
            } else if settings.changes(target) {
                self.lines.append(DeclaredEntry(line, target, qemu: settings))
            } else {
                self.lines.append(line)
            }
        }
        issues += settings.uselessOverrides.map { target, override, reason in
            Issue(
                .warning, .noEffect, at: override.location, entry: target.entryName.description,
                "[qemu.target] has no effect on it: \(reason)")
        }
        guard isKnown || settings.targets.map({ !$0.value.isOffer }) == true else { return }
        for target in settings.candidates where served[target] == nil && settings.deselection(of: target) == nil {
            entries.append(DeclaredEntry(target, qemu: settings))
        }
    }

    /// The target that a line of a package, or an administrator's line like it, is for. Some packages' masks ignore more
    /// bits than QEMU's own.
    private static func target(of line: DeclaredEntry) -> QemuTarget? {
        guard let target = QemuTarget.named(byEntry: line.name),
            line.recognition?.overlaps(.magic(target.pattern)) == true
        else { return nil }
        return target
    }

    /// A package's line that `[qemu]` leaves out is as its user wishes; an administrator's own contradicts it.
    private static func issue(deselecting line: DeclaredEntry, _ reason: ChangeCause.Deselection) -> Issue? {
        guard let location = line.location, !isPackaged(line) else { return nil }
        return Issue(
            .warning, .noEffect, at: location, entry: line.name.description,
            "this line has no effect: \(reason)")
    }

    private static func isPackaged(_ line: DeclaredEntry) -> Bool {
        line.location.map { ConfigTree.isPackaged($0.file) } ?? true
    }
}

extension QemuSettings {
    /// The targets to make entries for where no line of binfmt.d(5) is.
    fileprivate var candidates: [QemuTarget] {
        switch targets?.value ?? .installed {
        case .installed: QemuTarget.known
        case .all: QemuTarget.all
        case .packaged: []
        case .list(let list): list
        }
    }

    /// Whether a key says something else of a target than that it may be registered.
    fileprivate func changes(_ target: QemuTarget) -> Bool {
        if let targets, !targets.value.isOffer { return true }
        return interpreters != nil || flags != FlagSettings() || priority != nil || overrides[target] != nil
    }

    /// The tables of targets that are not selected although their table does not say so, in order.
    fileprivate var uselessOverrides: [(QemuTarget, Override, ChangeCause.Deselection)] {
        overrides.filter { $1.isEnabled != false }
            .compactMap { target, override in deselection(of: target).map { (target, override, $0) } }
            .sorted { ($0.1.location.line, $0.0.name) < ($1.1.location.line, $1.0.name) }
    }
}

extension DeclaredEntry {
    /// A line of binfmt.d(5) for a target, with the keys that `[qemu]` contains.
    fileprivate convenience init(_ line: DeclaredEntry, _ target: QemuTarget, qemu: QemuSettings) {
        let isListed = qemu.targets.map { !$0.value.isOffer } == true
        self.init(
            name: line.name, layer: isListed ? .qemuList : line.layer,
            location: qemu.overrides[target]?.location ?? (isListed ? qemu.targets?.location : line.location),
            recognition: line.recognition, interpreters: qemu.interpreters(for: target, line),
            flags: qemu.flags(for: target, line),
            priority: qemu.explicitPriority(for: target) ?? line.priority, qemuTarget: target)
    }
}
