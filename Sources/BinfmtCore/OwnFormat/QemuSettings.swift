// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// The keys of `[qemu]` in one file, or in all files once merged; nil where a key is missing.
package struct QemuSettings: Sendable {
    /// Which targets to register.
    package enum Targets: Hashable, Sendable {
        /// The targets whose interpreter is installed; an offer.
        case installed
        /// Those that a package's line of binfmt.d(5) is for; an offer of nothing more.
        case packaged
        /// Every target; an offer.
        case all
        /// These and no others.
        case list([QemuTarget])

        /// Whether this is a word, which offers, and not a list, which insists.
        package var isOffer: Bool {
            switch self {
            case .installed, .packaged, .all: true
            case .list: false
            }
        }
    }

    /// The keys of `[qemu.target.NAME]`.
    struct Override: Sendable {
        var interpreters: [InterpreterTemplate]?
        var flags = FlagSettings()
        var priority: Int?
        var isEnabled: Bool?
        var location: SourceLocation

        func over(_ lower: Override) -> Override {
            Override(
                interpreters: interpreters ?? lower.interpreters, flags: flags.over(lower.flags),
                priority: priority ?? lower.priority, isEnabled: isEnabled ?? lower.isEnabled, location: location)
        }
    }

    var targets: Located<Targets>?
    var except: Located<[QemuTarget]>?
    /// The candidates, best first: the first that exists is taken.
    var interpreters: [InterpreterTemplate]?
    var flags = FlagSettings()
    var priority: Int?
    var overrides: [QemuTarget: Override] = [:]

    /// These settings, and the lower file's for the keys that are missing here.
    func over(_ lower: QemuSettings) -> QemuSettings {
        var merged = QemuSettings()
        merged.targets = targets ?? lower.targets
        merged.except = except ?? lower.except
        merged.interpreters = interpreters ?? lower.interpreters
        merged.flags = flags.over(lower.flags)
        merged.priority = priority ?? lower.priority
        merged.overrides = lower.overrides.merging(overrides) { low, high in high.over(low) }
        return merged
    }
}

// MARK: - The values in effect

extension QemuSettings {
    static let defaultInterpreters = [
        InterpreterTemplate("/usr/bin/qemu-{target}-static"), InterpreterTemplate("/usr/bin/qemu-{target}"),
    ]
    static let defaultFlags: EntryFlags = .fixBinary
    static let defaultPriority = -10

    /// Why the target that a user calls by this name, or by its entry's, is not selected; nil if it is, or if there is
    /// none.
    package func deselection(of name: String) -> ChangeCause.Deselection? {
        (QemuTarget.named(byEntry: EntryName(observed: name.utf8)) ?? QemuTarget.named(name)).flatMap(deselection)
    }

    /// Why a target is not selected; nil if it is.
    func deselection(of target: QemuTarget) -> ChangeCause.Deselection? {
        if let override = overrides[target], override.isEnabled == false {
            return .disabled(target: target.name, override.location)
        }
        if let except, except.value.contains(target) { return .excepted(except.location) }
        if case .list(let list) = targets?.value, !list.contains(target) { return .unlisted(targets?.location) }
        return nil
    }

    /// The candidates for a target's interpreter, best first.
    ///
    /// - Parameter line: the line of binfmt.d(5) for the target, which counts where no key says anything.
    func interpreters(for target: QemuTarget, _ line: DeclaredEntry? = nil) -> [FilePath] {
        let templates = overrides[target]?.interpreters ?? interpreters
        if templates == nil, let line { return line.interpreters }
        return (templates ?? Self.defaultInterpreters).map { $0.path(for: target) }
    }

    func flags(for target: QemuTarget, _ line: DeclaredEntry? = nil) -> EntryFlags {
        let common = flags.applied(to: line?.flags ?? Self.defaultFlags)
        return overrides[target]?.flags.applied(to: common) ?? common
    }

    func priority(for target: QemuTarget) -> Int { explicitPriority(for: target) ?? Self.defaultPriority }

    /// The priority that a key sets; nil if none does.
    func explicitPriority(for target: QemuTarget) -> Int? { overrides[target]?.priority ?? priority }
}
