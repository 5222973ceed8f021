// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import BinfmtHost
import Foundation
import SystemPackage
import TestSupport

/// A host on which people edit the configuration, other programs write to the registry, and a package manager replaces
/// interpreters, all at random.
final class SoakScene {
    let root = TemporaryDirectory()
    private var random: SeededGenerator
    private let programs: [FilePath]
    private var lastContest = ContinuousClock.now

    private static let names = (0..<24).map { "e\($0)" }
    private static let foreignNames = (0..<6).map { "theirs\($0)" }

    init(seed: UInt64) throws {
        random = SeededGenerator(seed: seed)
        _ = try PrivateRegistry.open()
        programs = try (0..<4).map { [root] index in try root.writeProgram([1], to: "opt/program\(index)") }
        try root.write("[qemu]\ntargets = []\n", to: "etc/binfmtd/binfmtd.toml")
        try Files.makeDirectory(root.path.appending("etc/binfmtd/entries.d"))
        try Files.makeDirectory(root.path.appending("etc/binfmt.d"))
        try settle()
    }

    /// Restores the initial state, without foreign entries.
    func settle() throws {
        for program in programs { try replace(program) }
        for index in Self.names.indices {
            try unmask(index)
            try declare(index, length: 1 + index % 3, program: programs[index % 4], isFixed: index % 2 == 0)
        }
        for name in Self.foreignNames where PrivateRegistry.text(name) != nil {
            try PrivateRegistry.write("-1", to: name)
        }
    }

    /// Makes one random change.
    func happen() throws {
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<30: try edit()
        case 30..<36: try? root.remove(file(anyIndex()))
        case 36..<41: try mask(anyIndex())
        case 41..<47: try unmask(anyIndex())
        case 47..<51: try root.write("[entry.\n:x:\n", to: file(anyIndex()))
        case 51..<62: removeAny()
        case 62: try PrivateRegistry.write("-1", to: "status")
        case 63..<70: register(pick(Self.foreignNames), magic: "THEIRS")
        case 70..<76: try? PrivateRegistry.write("-1", to: pick(Self.foreignNames))
        case 76..<86: try replace(pick(programs))
        case 86..<90: try? FileManager.default.removeItem(atPath: pick(programs).string)
        default: contest()
        }
    }

    // MARK: - What people do

    private func edit() throws {
        try declare(
            anyIndex(), length: Int.random(in: 1...3, using: &random), program: pick(programs),
            isFixed: Int.random(in: 0..<3, using: &random) == 0, priority: Int.random(in: -1...1, using: &random))
    }

    /// Files of three kinds: of the administrator, of a running system, and of packages in systemd's format.
    private func file(_ index: Int) -> String {
        switch index {
        case 0..<10: "etc/binfmtd/entries.d/\(Self.names[index]).toml"
        case 10..<18: "run/binfmtd/entries.d/\(Self.names[index]).toml"
        default: "usr/lib/binfmt.d/\(Self.names[index]).conf"
        }
    }

    /// Three entries each begin alike, so that they overlap; the longer the pattern, the less.
    private func magic(_ index: Int, length: Int) -> String {
        "SOAK" + String(repeating: String(UnicodeScalar(UInt8(ascii: "A") + UInt8(index / 3))), count: length)
    }

    private func declare(_ index: Int, length: Int, program: FilePath, isFixed: Bool, priority: Int = 0) throws {
        let (name, magic) = (Self.names[index], magic(index, length: length))
        let text =
            index < 18
            ? "[entry.\(name)]\nmagic = \"\(magic)\"\ninterpreter = \"\(program)\"\n"
                + "fix-binary = \(isFixed)\npriority = \(priority)\n"
            : ":\(name):M::\(magic)::\(program):\(isFixed ? "F" : "")\n"
        try root.write(text, to: file(index))
    }

    /// The path of a link that hides a file of a lower directory.
    private func maskPath(_ index: Int) -> FilePath? {
        let name = FilePath(file(index)).lastComponent?.string ?? ""
        switch index {
        case 0..<10: return nil
        case 10..<18: return root.path.appending("etc/binfmtd/entries.d/\(name)")
        default: return root.path.appending("etc/binfmt.d/\(name)")
        }
    }

    private func mask(_ index: Int) throws {
        guard let path = maskPath(index) else { return }
        symlink("/dev/null", path.string)
    }

    private func unmask(_ index: Int) throws {
        if let path = maskPath(index) { unlink(path.string) }
    }

    // MARK: - What other programs do

    private func removeAny() {
        guard let name = (try? PrivateRegistry.names())?.randomElement(using: &random) else { return }
        // The entry may already be gone.
        try? PrivateRegistry.write("-1", to: name)
    }

    private func register(_ name: String, magic: String) {
        try? PrivateRegistry.write(":\(name):M::\(magic)::\(pick(programs)):", to: "register")
    }

    /// Contested changes, for which the daemon suspends an entry if they come too often: at most a few per second.
    private func contest() {
        if ContinuousClock.now - lastContest < .milliseconds(200) { return }
        lastContest = ContinuousClock.now
        let index = anyIndex()
        switch Int.random(in: 0..<4, using: &random) {
        case 0: try? PrivateRegistry.write("0", to: Self.names[index])
        case 1: try? PrivateRegistry.write("0", to: "status")
        case 2: register(pick(Self.foreignNames), magic: magic(index, length: 2))
        default:
            try? PrivateRegistry.write("-1", to: Self.names[index])
            register(Self.names[index], magic: magic(index, length: 1))
        }
    }

    // MARK: - What a package manager does

    private func replace(_ program: FilePath) throws {
        let fresh = try root.writeProgram([UInt8.random(in: 0...255, using: &random)], to: "opt/fresh")
        rename(fresh.string, program.string)
    }

    // MARK: - Chance

    private func anyIndex() -> Int { Int.random(in: Self.names.indices, using: &random) }

    private func pick<Value>(_ values: [Value]) -> Value {
        values[Int.random(in: values.indices, using: &random)]
    }

    /// The time until the next change, in microseconds.
    func pause() -> UInt32 { UInt32.random(in: 0...4000, using: &random) }
}
