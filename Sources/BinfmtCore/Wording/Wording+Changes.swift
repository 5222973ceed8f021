// SPDX-License-Identifier: Apache-2.0

extension ChangeCause {
    package var description: String {
        switch self {
        case .declared: "declared"
        case .removed: "another program removed it"
        case .standInServed: "its stand-in served the pattern meanwhile"
        case .differs(let differences): differences.map(\.description).joined(separator: ", ")
        case .stale(let interpreter): "\(interpreter.printable) was replaced since it was registered"
        case .unknownFile: "unknown which interpreter file the kernel holds open"
        case .reregistered: "re-registered by another program; its interpreter file is unknown"
        case .mustPrecede(let other): "it must be asked before '\(other)'"
        case .overtaken(let other): "'\(other)', a foreign entry, was registered ahead of it"
        case .disabled: "another program disabled it"
        case .undeclared: "no longer declared"
        case .deselected(let reason): reason.description
        case .withheld(let reason): "\(reason)"
        case .flushed: "a flush of the whole table removed it"
        case .leftover: "left over from an interrupted replacement"
        case .released: "released"
        case .foreign: "not declared, and foreign = \"remove\""
        }
    }

    /// The cause of a change of several entries; nil where the causes differ from entry to entry, or need no mention.
    var summary: String? {
        switch self {
        case .declared, .withheld, .standInServed, .released: nil
        case .removed: "another program removed them"
        case .differs: "they were not as declared"
        case .stale: "their interpreters were replaced"
        case .unknownFile: "unknown which interpreter files the kernel held open"
        case .reregistered: "re-registered by another program"
        case .mustPrecede: "the matching order was wrong"
        case .overtaken: "foreign entries were registered ahead of them"
        case .disabled: "another program disabled them"
        case .undeclared: "no longer declared"
        case .deselected(let reason): reason.summary
        case .flushed: "a flush of the whole table removed them"
        case .leftover: "left over from an interrupted replacement"
        case .foreign: "not declared, and foreign = \"remove\""
        }
    }
}

extension ChangeCause.Deselection: CustomStringConvertible {
    package var description: String { sentence("it") }

    /// The same of several targets; nil where each has a reason of its own.
    var summary: String? {
        if case .disabled = self { return nil }
        return sentence("them")
    }

    private func sentence(_ object: String) -> String {
        switch self {
        case .disabled(let target, let place): "[qemu.target.\(target)] disables \(object) (\(place))"
        case .excepted(let place): "'except' of [qemu] contains \(object) (\(place))"
        case .unlisted(let place):
            "'targets' of [qemu] does not contain \(object)" + (place.map { " (\($0))" } ?? "")
        }
    }
}

extension EntryDifference: CustomStringConvertible {
    package var description: String {
        switch self {
        case .interpreter(let found, let wanted): "interpreter \(found.printable) → \(wanted)"
        case .flags(let found, let wanted): "flags '\(found.letters)' → '\(wanted.letters)'"
        case .recognition(let found, let wanted):
            "\(found)" == "\(wanted)" ? "\(found)\(Self.detail(found, wanted))" : "\(found) → \(wanted)"
        case .unknownFeatures(let text): Wording.unknownFeatures(text)
        case .malformed(let problem): "\(problem)"
        }
    }
}

extension EntryDifference {
    /// The difference between two recognitions whose descriptions are equal:
    /// ": mask of byte 7 ff → 00".
    private static func detail(_ found: Recognition, _ wanted: Recognition) -> String {
        if let found = found.handler, let wanted = wanted.handler {
            return ": interpreters \(found.interpreterList) → \(wanted.interpreterList)"
        }
        guard case .magic(let found) = found, case .magic(let wanted) = wanted else { return "" }
        if found.magic.count != wanted.magic.count {
            return ": \(found.magic.count) → \(counted(wanted.magic.count, "byte", "bytes"))"
        }
        func difference(_ what: String, _ found: [UInt8], _ wanted: [UInt8]) -> String? {
            guard let first = found.indices.first(where: { found[$0] != wanted[$0] }) else { return nil }
            return ": \(what) \(first) \(found[first].hex) → \(wanted[first].hex)"
        }
        return difference("mask of byte", found.mask, wanted.mask) ?? difference("byte", found.magic, wanted.magic)
            ?? ""
    }
}

extension BPFHandler {
    /// The interpreters that it may choose, as the kernel prints them.
    package var interpreterList: String {
        interpreters.isEmpty ? "none" : interpreters.map { "\($0)" }.joined(separator: ", ")
    }
}

extension BPFHandler.Interpreter: CustomStringConvertible {
    package var description: String { "\(name.printable) \(path.printable)" }
}

extension Entry {
    /// What runs the files.
    package var interpreterText: String {
        guard let handler = recognition.handler else { return interpreter.printable }
        return handler.interpreters.isEmpty ? "an interpreter of the handler's choice" : handler.interpreterList
    }
}

extension KernelWrite: CustomStringConvertible {
    /// What it does, as an infinitive.
    package var description: String {
        switch self {
        case .register(let string): "register '\(string.name)'"
        case .unregister(let name): "unregister '\(name)'"
        case .bind(let name, let interpreter): "bind the interpreter '\(interpreter.name.printable)' to '\(name)'"
        case .enable(let name): "enable '\(name)'"
        case .enableRegistry: "switch the registry on"
        }
    }
}
