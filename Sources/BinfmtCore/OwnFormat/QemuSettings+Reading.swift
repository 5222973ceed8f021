// SPDX-License-Identifier: Apache-2.0
import SystemPackage
import LocatedTOML

extension QemuSettings {
    /// - Parameter reader: over the table `[qemu]`.
    init(_ reader: inout TableReader) {
        if let texts = reader.strings("targets") { targets = Self.targets(texts, &reader) }
        if let texts = reader.strings("except"), let location = reader.location(of: "except") {
            except = Located(value: Self.list("except", texts, &reader), location: location)
        }
        interpreters = reader.interpreters()?.map(InterpreterTemplate.init)
        flags = FlagSettings(&reader, Self.settable)
        priority = reader.integer("priority", in: EntryDeclaration.priorities)?.value
        let table = reader.table("target") {
            "'target' must be a table, not \($0.typeName) (did you mean 'targets'?)"
        }
        if let table {
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

    /// A loader runs programs of this machine, which no target's are.
    private static let settable = EntryFlags.Flag.allCases.filter { $0 != .loader }

    private mutating func readOverride(_ name: Located<String>, _ value: TOMLValue, _ reader: inout TableReader) {
        guard let target = Self.target(name, &reader) else { return }
        guard let table = value.table else {
            reader.complain(.wrongType, at: name.location, "'\(name.value)' must be a table, not \(value.typeName)")
            return
        }
        if let other = overrides[target] {
            reader.complain(
                .duplicate, at: name.location,
                "'\(name.value)' is '\(target.name)', which already has a table on line \(other.location.line)")
        }
        var inner = TableReader(
            table, file: reader.file, source: reader.source, entry: "qemu-" + target.name,
            after: reader.issues)
        overrides[target] = Override(
            interpreters: inner.interpreters()?.map(InterpreterTemplate.init),
            flags: FlagSettings(&inner, Self.settable),
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
            case "packaged": return Located(value: .packaged, location: first.location)
            case "all": return Located(value: .all, location: first.location)
            default: break
            }
        }
        return Located(value: .list(list("targets", texts, &reader)), location: first.location)
    }

    /// The targets of a list, each once.
    private static func list(_ key: String, _ texts: [Located<String>], _ reader: inout TableReader) -> [QemuTarget] {
        var targets: [QemuTarget] = []
        for text in texts {
            guard let target = target(text, &reader) else { continue }
            if targets.contains(target) {
                reader.warn(.duplicate, at: text.location, "'\(key)' contains the target '\(target.name)' twice")
            } else {
                targets.append(target)
            }
        }
        return targets
    }

    private static func target(_ text: Located<String>, _ reader: inout TableReader) -> QemuTarget? {
        if let target = QemuTarget.named(text.value) { return target }
        let hint =
            text.value.contains(",")
            ? " (a list is written as [\"arm64\", \"riscv64\"])"
            : Spelling.hint(for: text.value, among: QemuTarget.allNames)
        reader.complain(.unknownTarget, at: text.location, "QEMU has no target '\(text.value)'\(hint)")
        return nil
    }
}
