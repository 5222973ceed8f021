// SPDX-License-Identifier: Apache-2.0
import SystemPackage
import LocatedTOML

/// The drop-in that `binfmtctl register` writes: one file for each entry, so that it declares that entry alone.
package struct RegisterDropIn: Hashable, Sendable {
    package enum Content: Hashable, Sendable {
        /// Nil for the interpreters of `[qemu]`.
        case register(QemuTarget, interpreter: FilePath?, EntryFlags)
        /// What other files declare under the name is not registered.
        case disable
    }

    /// How long a drop-in lasts.
    package enum Lifetime: CaseIterable, Sendable {
        /// Until the next reboot: it is below /run.
        case runtime
        /// Across reboots: it is below /etc.
        case permanent
    }

    package let name: EntryName
    package let content: Content

    package init(_ name: EntryName, _ content: Content) {
        self.name = name
        self.content = content
    }

    /// The file below /run sorts after the one below /etc, so that it wins.
    package static func fileName(_ name: EntryName, _ lifetime: Lifetime) -> String {
        let order = lifetime == .permanent ? "50" : "60"
        return "\(order)-register-\(String(decoding: name.bytes, as: UTF8.self)).toml"
    }

    /// The content of the file.
    ///
    /// - Parameters:
    ///   - command: the command line that wrote it, for a comment.
    ///   - schema: where an editor finds the schema.
    package func text(command: String, schema: FilePath = ConfigSchema.usual) -> [UInt8] {
        var writer = TOMLWriter()
        writer.schema(schema.string)
        let text = String(decoding: name.bytes, as: UTF8.self)
        writer.comment("Written by: \(command)")
        switch content {
        case .disable: writer.comment("Without this file, other files declare the entry.")
        case .register: writer.comment("To take it away: binfmtctl register --uninstall \(text)")
        }
        writer.table(["entry", text])
        switch content {
        case .disable: writer.pair("enabled", false)
        case .register(let target, let interpreter, let flags):
            writer.pair("preset", "qemu-\(target.name)")
            if let interpreter { writer.pair("interpreter", interpreter.string) }
            // The package that ships the interpreter knows which other flags it takes.
            let isFree: Set<EntryFlags.Flag> = interpreter == nil ? [.preserveArgv0, .openBinary] : []
            for flag in EntryFlags.Flag.classic where !isFree.contains(flag) || flags.contains(EntryFlags(flag)) {
                writer.pair(flag.key, flags.contains(EntryFlags(flag)))
            }
        }
        return writer.utf8
    }
}
