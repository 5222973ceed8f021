// SPDX-License-Identifier: Apache-2.0
import SystemPackage
import TOML

/// What `[qemu]` says in one file, or in all together once merged; nil where it says nothing.
package struct QemuSettings: Sendable {
    /// Which targets to register.
    package enum Targets: Hashable, Sendable {
        /// Those whose interpreter is there; an offer.
        case installed
        /// Every one; an offer.
        case all
        /// These and no others.
        case list([QemuTarget])

        /// Whether this is a word, which offers, and not a list, which insists.
        package var isOffer: Bool {
            switch self {
            case .installed, .all: true
            case .list: false
            }
        }
    }

    /// What `[qemu.target.NAME]` says.
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
    var except: [QemuTarget]?
    /// The first that exists.
    var interpreters: [InterpreterTemplate]?
    var flags = FlagSettings()
    var priority: Int?
    var overrides: [QemuTarget: Override] = [:]

    /// These settings where they say something, the lower file's where they do not.
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

// MARK: - The values that hold

extension QemuSettings {
    static let defaultInterpreters = [
        InterpreterTemplate("/usr/bin/qemu-{target}-static"), InterpreterTemplate("/usr/bin/qemu-{target}"),
    ]
    static let defaultFlags: EntryFlags = .fixBinary
    static let defaultPriority = -10

    /// The targets that these settings speak of, without `except` and those that their own table disables.
    var selected: [QemuTarget] {
        let candidates =
            switch targets?.value ?? .installed {
            case .installed, .all: QemuTarget.all
            case .list(let list): list
            }
        let exceptions = Set(except ?? [])
        return candidates.filter { !exceptions.contains($0) && overrides[$0]?.isEnabled != false }
    }

    /// The candidates for a target's interpreter, best first.
    func interpreters(for target: QemuTarget) -> [FilePath] {
        let templates = overrides[target]?.interpreters ?? interpreters ?? Self.defaultInterpreters
        return templates.map { $0.path(for: target) }
    }

    func flags(for target: QemuTarget) -> EntryFlags {
        let common = flags.applied(to: Self.defaultFlags)
        return overrides[target]?.flags.applied(to: common) ?? common
    }

    func priority(for target: QemuTarget) -> Int {
        overrides[target]?.priority ?? priority ?? Self.defaultPriority
    }
}

// MARK: - Reading

extension QemuSettings {
    /// - Parameter reader: over the table `[qemu]`.
    init(_ reader: inout TableReader) {
        if let texts = reader.strings("targets") { targets = Self.targets(texts, &reader) }
        if let texts = reader.strings("except") { except = texts.compactMap { Self.target($0, &reader) } }
        interpreters = reader.interpreters()?.map(InterpreterTemplate.init)
        flags = FlagSettings(&reader)
        priority = reader.integer("priority", in: EntryDeclaration.priorities)?.value
        if let table = reader.table("target") {
            for (key, value) in table {
                readOverride(Located(value: key.name, location: reader.location(key.position)), value, &reader)
            }
        }
        reader.rejectUnknownKeys { key, _ in
            QemuTarget.named(key.name).map {
                "unknown key '\(key.name)'; a target's own table is [qemu.target.\($0.name)]"
            }
        }
    }

    private mutating func readOverride(_ name: Located<String>, _ value: TOMLValue, _ reader: inout TableReader) {
        guard let target = Self.target(name, &reader) else { return }
        guard let table = value.table else {
            reader.complain(.error, at: name.location, "'\(name.value)' must be a table, not \(value.typeName)")
            return
        }
        if let other = overrides[target] {
            let problem =
                "'\(name.value)' is '\(target.name)', which already has a table on line \(other.location.line)"
            reader.complain(.error, at: name.location, problem)
        }
        var inner = TableReader(table, file: reader.file, entry: "qemu-" + target.name)
        overrides[target] = Override(
            interpreters: inner.interpreters()?.map(InterpreterTemplate.init), flags: FlagSettings(&inner),
            priority: inner.integer("priority", in: EntryDeclaration.priorities)?.value,
            isEnabled: inner.boolean("enabled")?.value, location: name.location)
        inner.rejectUnknownKeys()
        reader.adopt(inner.issues)
    }

    private static func targets(_ texts: [Located<String>], _ reader: inout TableReader) -> Located<Targets>? {
        guard let first = texts.first else {
            return reader.location(of: "targets").map { Located(value: .list([]), location: $0) }
        }
        if texts.count == 1, reader.table["targets"]?.string != nil {
            switch first.value {
            case "installed": return Located(value: .installed, location: first.location)
            case "all": return Located(value: .all, location: first.location)
            default: break
            }
        }
        return Located(value: .list(texts.compactMap { target($0, &reader) }), location: first.location)
    }

    private static func target(_ text: Located<String>, _ reader: inout TableReader) -> QemuTarget? {
        if let target = QemuTarget.named(text.value) { return target }
        let hint = Spelling.hint(for: text.value, among: QemuTarget.allNames)
        reader.complain(.error, at: text.location, "QEMU has no target '\(text.value)'\(hint)")
        return nil
    }
}
