// SPDX-License-Identifier: Apache-2.0
import SystemPackage
import LocatedTOML

// What people read for each reason.

enum Wording {
    static func unknownFeatures(_ text: String) -> String {
        "it uses features of the kernel that this version does not know: \(text)"
    }

    static func conflict(_ flag: EntryFlags.Flag, _ other: EntryFlags.Flag) -> String {
        "'\(flag.key)' and '\(other.key)' cannot be combined: "
            + (flag == .loader
                ? "the processor runs the program itself" : "the arguments stay as they are, argv[0] included")
    }

    static func octal(_ mode: UInt32) -> String { "0" + String(mode, radix: 8) }
}

extension Hazard {
    package var description: String { "\(problem); fix: \(fix)" }

    fileprivate var problem: String {
        switch self {
        case .owned(let path, let user): "\(path) belongs to user \(user), not to root"
        case .worldWritable(let path, let mode): "\(path) is world-writable (mode \(Wording.octal(mode)))"
        case .groupWritable(let path, let group, let mode):
            "\(path) is writable by group \(group) (mode \(Wording.octal(mode)))"
        case .creatable(let path, let directory, let mode):
            "\(path) does not exist, and other users can make it (\(directory) has mode \(Wording.octal(mode)))"
        case .mountedByUser(let path, let user): "\(path) is on a FUSE file system of user \(user)"
        }
    }

    fileprivate var fix: String {
        switch self {
        case .owned(let path, _): Self.isHome(path) ? Self.move : "chown root \(path)"
        case .worldWritable(let path, _): "chmod go-w \(path)"
        case .groupWritable(let path, _, _): "chmod g-w \(path)"
        case .creatable, .mountedByUser: Self.move
        }
    }

    private static let move = "put the file in a directory that only root can change, such as /usr/local/bin"

    /// Whether a path is a user's home directory, or below one: it must not belong to root.
    private static func isHome(_ path: FilePath) -> Bool {
        path.starts(with: "/home") || path.starts(with: "/run/user") || path.starts(with: "/root")
    }
}

extension EntryReason {
    package var description: String {
        switch self {
        case .change(let cause): "\(cause)"
        case .withheld(let reason): "\(reason)"
        case .besideForeign(let reason, let name, let interpreter):
            "\(reason); but another program has registered an entry of this name"
                + (interpreter.map { " (\($0.printable))" } ?? "")
                + ", which the kernel uses; to remove it: binfmtctl release --foreign \(name)"
        case .failed(let reason): "\(reason)"
        case .caveats(let first, let others): ([first] + others).map(\.description).joined(separator: "; ")
        case .held(let hold): "\(hold)"
        case .unknownFeatures(let text): Wording.unknownFeatures(text)
        case .masked(let file): "hidden by \(file)"
        case .shadowed(let other): "'\(other)' matches all its files and comes first"
        }
    }
}

extension WithheldReason {
    /// What becomes of an entry of ours in the kernel while the new one has to wait; nil if the reason says it.
    var consequenceForOldEntry: String? {
        if case .interpreterVanished = self { nil } else { "the old entry stays" }
    }

    package var description: String {
        switch self {
        case .disabled: "enabled = false"
        case .native: "the processor runs these programs itself"
        case .registeredDisabled: "the flag D registers it disabled; another program has to enable it"
        case .flagsConflict(let flag, let other): Wording.conflict(flag, other)
        case .unsupported(let feature, let version): feature.absence(version)
        case .detectorMissing(let detector):
            "\(detector) decides which files it matches, but run-detectors, which calls it, is not installed (package "
                + "binfmt-support)"
        case .captures(let capture, let interpreter, let form):
            "its pattern matches \(capture), which would then run through \(interpreter). Override: "
                + form.setting("allow-native = true")
        case .loadsNativePrograms(let identity, let loader, let form):
            "its pattern matches this host's own programs (\(identity)), and \(loader) would load all of them that are "
                + "dynamically linked: if it is the wrong loader, none of them runs. Override: "
                + form.setting("allow-native = true")
        case .unsafeInterpreter(let hazard, let form):
            "\(hazard.problem): anyone able to modify it could run code as every user who starts such a program; fix: "
                + "\(hazard.fix). Override: " + form.setting("allow-unsafe-interpreter = true")
        case .noInterpreter: "it has no interpreter"
        case .interpreterMissing(let paths):
            (paths.count == 1
                ? "\(paths[0]) does not exist" : "none of \(paths.map(\.string).joined(separator: ", ")) exists")
                + (paths.contains(where: \.looksLikeCommandLine) ? "; \(Wording.noArguments)" : "")
        case .interpreterVanished(let path, let grace):
            "\(path) no longer exists; keeping the entry for \(grace.components.seconds) s"
        case .interpreterUnreadable(let path, let error): "cannot look at \(path): \(error)"
        case .notExpressible(let reason): "\(reason)"
        case .registerStringNotText: "its register string is not text"
        case .boundInterpreters: "its BPF handler has interpreters of its own, which a register string cannot have"
        case .yieldedToDeclared(let name, let interpreter): "'\(name)' has these files (\(interpreter))"
        case .yieldedToForeign(let name, let interpreter, let claim):
            "the foreign entry '\(name)'" + (interpreter.map { " (\($0.printable))" } ?? "")
                + (claim == .name ? " has this name" : " has these files")
        case .suspended(let reason): "\(reason)"
        }
    }
}

extension NativePrograms.Capture: CustomStringConvertible {
    package var description: String {
        switch self {
        case .nativePrograms(let identity): "this host's own programs (\(identity))"
        case .scripts: "ordinary scripts (#!)"
        }
    }
}

extension DeclarationForm {
    /// How to declare the entry with a key of `[entry]`.
    func setting(_ key: String) -> String {
        switch self {
        case .table: key
        case .other(let name): "declare it in TOML as \(name.table) with \(key)"
        }
    }
}

extension EntryName {
    /// The header of its table: "[entry.NAME]".
    var table: String {
        var writer = TOMLWriter()
        writer.table(["entry", String(decoding: bytes, as: UTF8.self)])
        return String(writer.text.drop(while: \.isNewline).prefix { !$0.isNewline })
    }
}

extension SuspensionReason {
    package var description: String {
        switch self {
        case .contested(let times, let window, let rival, let delay):
            "another program changed it \(times) times in \(window.components.seconds) s"
                + (rival.map { ", last to interpreter \($0.printable)" } ?? "")
                + "; left alone, next try after \(delay.components.seconds) s"
        case .reported(let reason): "\(reason)"
        }
    }
}

extension EntryReason.Hold {
    package var description: String {
        let why =
            switch self {
            case .brokenFile: "a configuration file is broken"
            case .missingFile: "a missing configuration file may come back"
            case .disturbance: "other programs write to the registry"
            }
        return "no longer declared, kept while \(why)"
    }
}

extension EntryFlags.Flag {
    /// What the flag does to a program that is run.
    package var meaning: String {
        switch self {
        case .preserveArgv0: "the interpreter gets the name that the file was called by (argv[0]), after its path"
        case .openBinary: "the interpreter gets the file already open, and needs no permission to read it"
        case .credentials: "the set-uid and set-gid bits of the file are honoured"
        case .transparent:
            "the interpreter gets the arguments unchanged and the file as AT_EXECFD; /proc/PID/exe is the file"
        case .loader: "the processor runs the file itself, with this loader in place of the one that the file names"
        case .fixBinary: "the kernel holds the interpreter open, whatever file is at its path now"
        }
    }
}
