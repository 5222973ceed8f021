// SPDX-License-Identifier: Apache-2.0
import SystemPackage

extension Caveat {
    package var description: String {
        switch self {
        case .obstacle(let obstacle, let path): obstacle.description(at: path)
        case .matchesInterpreter(let path):
            "its pattern also matches its own interpreter \(path), which would need itself to run: every such file fails "
                + "with \"too many levels of symbolic links\""
        case .magic(let mistake, let form): mistake.description(in: form)
        case .interpreterWithArguments(let path): "this host has no \(path); \(Wording.noArguments)"
        case .interpreterNeedsArgv0(let path):
            "\(path) is for entries with P (preserve-argv0 = true): without it, programs do not get their first argument"
        case .candidateUnsafe(let hazard): "one of its interpreters is passed over: \(hazard)"
        case .interpreterDynamic(let path):
            "\(path) is dynamically linked: it works on this host, but in a container it fails with \"no such file or "
                + "directory\"; a statically linked one would not" + (path.isQemu ? " (Debian: qemu-user-static)" : "")
        case .interpreterScript(let path, let interpreter):
            "\(path) is a script: it works on this host, but in a container it fails unless \(path) and "
                + "\(interpreter.printable) are there, too; a statically linked program would not"
        case .interpreterAbsent(let path): "this host has no \(path)"
        }
    }
}

extension Wording {
    /// The remedy for an interpreter with arguments.
    static let noArguments = "the kernel passes no arguments; use a wrapper script"
}

extension MagicMistake {
    fileprivate func description(in form: DeclarationForm) -> String {
        switch self {
        case .hexadecimal(let text, let bytes):
            let digits = bytes.prefix(Self.shown).hex
            let more = bytes.count > Self.shown ? "…" : ""
            let notation = form == .table ? "\"0x\(digits)\(more)\"" : Self.escapes(bytes.prefix(Self.shown)) + more
            return "its magic is the text '\(Self.cut(text))', which looks like hexadecimal: write \(notation)"
        case .escape(let text):
            return "its magic contains the characters '\(text)', because the kernel's only escape is \\xHH: write "
                + Self.escapes([Self.meaning(of: text)])
        case .doubledBackslash(let text):
            return
                "its magic contains the characters '\(text)', so it matches no program: write \(text.dropFirst()), with "
                + "one backslash"
        }
    }

    /// The number of bytes of a magic that are shown.
    private static let shown = 8

    private static func cut(_ text: String) -> String {
        text.count > 3 * shown ? "\(text.prefix(2 * shown))…" : text
    }

    private static func escapes(_ bytes: some Sequence<UInt8>) -> String {
        bytes.map { "\\x" + $0.hex }.joined()
    }

    /// The byte that an escape of C stands for.
    private static func meaning(of escape: String) -> UInt8 {
        switch escape.utf8.last {
        case UInt8(ascii: "n"): 0x0a
        case UInt8(ascii: "r"): 0x0d
        case UInt8(ascii: "t"): 0x09
        default: UInt8(escape.dropFirst(), radix: 8) ?? 0
        }
    }
}
