// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// An entry of the kernel's table: which files it is for, and what runs them. Reference type; see docs/performance.md.
package final class Entry: Sendable {
    package let name: EntryName
    package let recognition: Recognition
    /// Empty for an entry of type `B`; see ``namedInterpreter``.
    package let interpreter: FilePath
    package let flags: EntryFlags

    /// The interpreter that it names; nil for an entry of type `B`, whose handler chooses.
    package var namedInterpreter: FilePath? { interpreter.isEmpty ? nil : interpreter }

    /// Every interpreter that it names: its own, or those that its handler may choose.
    package var namedInterpreters: [FilePath] {
        if let handler = recognition.handler { return handler.interpreters.map(\.path) }
        return interpreter.isEmpty ? [] : [interpreter]
    }

    /// Whether the kernel opens its interpreters when it is registered, and holds these files.
    package var holdsInterpreters: Bool {
        flags.contains(.fixBinary) || recognition.handler?.interpreters.isEmpty == false
    }

    /// The interpreter whose file is at a place of ``HeldFiles``.
    package func heldInterpreter(at place: Int) -> FilePath {
        let paths = namedInterpreters
        return paths.indices.contains(place) ? paths[place] : interpreter
    }

    package init(name: EntryName, recognition: Recognition, interpreter: FilePath, flags: EntryFlags) {
        self.name = name
        self.recognition = recognition
        self.interpreter = interpreter
        self.flags = flags
    }

    /// An entry of type `B`.
    package convenience init(name: EntryName, handler: BPFHandler) {
        self.init(name: name, recognition: .handler(handler), interpreter: "", flags: [])
    }

    /// Whether the two differ in nothing but the name.
    package func hasSameContent(as other: Entry) -> Bool {
        recognition == other.recognition && interpreter == other.interpreter && flags == other.flags
    }
}

extension Entry: Hashable {
    package static func == (a: Entry, b: Entry) -> Bool { a === b || (a.name == b.name && a.hasSameContent(as: b)) }

    package func hash(into hasher: inout Hasher) { hasher.combine(name) }
}
