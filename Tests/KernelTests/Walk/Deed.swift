// SPDX-License-Identifier: Apache-2.0
import Foundation

/// One thing that happens to the host of a walk. As JSON, one a line, a list of deeds can be read and repeated.
enum Deed: Codable, Hashable {
    // What administrators and packages do to the configuration.
    case declare(ConfigPlace, Declaration)
    /// As an editor that truncates the file first.
    case rewrite(ConfigPlace, Declaration)
    case undeclare(ConfigPlace)
    case mask(ConfigPlace, isLink: Bool)
    case damage(ConfigPlace)
    /// A file that others than root can change.
    case declareUnsafe(ConfigPlace, Declaration)
    case makeSafe(ConfigPlace)
    /// Two versions of one size within a tick of the clock, with a pass between them.
    case flicker(ConfigPlace, Declaration, Declaration)
    case set(Settings)

    // What package managers do to interpreters.
    case replace(Interpreter, version: UInt8)
    case overwrite(Interpreter, version: UInt8)
    case uninstall(Interpreter)
    case setMode(Interpreter, isUnsafe: Bool)
    case setDirectoryMode(InterpreterDirectory, isUnsafe: Bool)

    // What other programs do to the registry.
    case unregister(String)
    case disable(String)
    case enable(String)
    case flush
    case disableRegistry
    /// A foreign entry.
    case register(foreign: Int, magic: String)
    /// A foreign entry under the name of one of ours.
    case usurp(String)
    /// A foreign entry ahead of a protected one, removed once the daemon has reacted.
    case intrude(String)
    /// As a shell's `>` does without writing.
    case truncate(String)
    /// The name is usurped until the daemon suspends the entry.
    case fight(String)

    // What is mounted.
    case mountEmpty(InterpreterDirectory)
    /// A directory with other versions of the same interpreters.
    case mountOther(InterpreterDirectory)
    case unmount(InterpreterDirectory)
    /// An empty file system over the administrator's drop-ins.
    case mountOverDropIns
    case unmountDropIns

    // What happens to the daemon.
    case kill, start, stop, proceed, reload
    /// One of its next system calls fails.
    case fail(call: Int, choice: Int)
    /// A file is declared, and something happens in the pass that it causes, just before one of the pass's writes.
    case interrupt(ConfigPlace, Declaration, write: Int, by: Interruption)

    // Checks.
    /// Waits until the daemon has nothing to do, and compares the table with the model.
    case rest
    /// Restores the first state, rests, and compares what the daemon uses of the host.
    case settle
}

/// What happens during a pass.
enum Interruption: String, Codable, CaseIterable { case kill, flush }

extension Deed {
    /// A deed, and the time until the next one in µs.
    struct Step: Codable, Hashable {
        let deed: Deed
        var pause: UInt32 = 0
    }

    /// - Returns: the lines of ``text(of:)`` as steps.
    static func steps(in text: String) throws -> [Step] {
        try text.split(separator: "\n").map { try JSONDecoder().decode(Step.self, from: Data($0.utf8)) }
    }

    static func text(of steps: [Step]) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try steps.map { String(decoding: try encoder.encode($0), as: UTF8.self) + "\n" }.joined()
    }
}

/// A configuration file of a walk, which declares the entry of its name.
struct ConfigPlace: Codable, Hashable {
    enum Layer: String, Codable, CaseIterable { case etc, run, usr }
    enum Format: String, Codable, CaseIterable { case toml, conf }

    let entry: String
    let layer: Layer
    var format = Format.toml

    var path: String { "\(directory)/\(entry).\(format.rawValue)" }

    var directory: String {
        let place = layer == .usr ? "usr/lib" : layer.rawValue
        return format == .toml ? "\(place)/binfmtd/entries.d" : "\(place)/binfmt.d"
    }
}

/// What a file declares about its entry; the pattern follows from the entry and the length.
struct Declaration: Codable, Hashable {
    var length = 1
    let interpreter: Interpreter
    /// A part of "POCF".
    var flags = ""
    var priority = 0
}

/// The keys of binfmtd.toml that a walk changes.
struct Settings: Codable, Hashable {
    var foreign = "keep"
    var readsBinfmtD = true
    /// Targets of `[qemu]`.
    var targets: [String] = []
    var holdsQemu = true
}
