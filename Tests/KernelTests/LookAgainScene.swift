// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import BinfmtHost
import Foundation
import SystemPackage
import TestSupport

/// A host on which users, packages, administrators and other programs make random changes.
final class LookAgainScene {
    let root = TemporaryDirectory()
    let registry: KernelRegistry
    private var random: SeededGenerator
    private var mounted: [String] = []
    /// The changes so far, for the message of a failure.
    private(set) var deeds: [String] = []

    private static let directories = [
        "etc/binfmtd/entries.d", "usr/lib/binfmtd/entries.d", "etc/binfmt.d", "usr/lib/binfmt.d",
    ]
    private static let interpreters = ["bin/one", "bin/two", "lib/bin/one"]
    /// Configuration files, wherever they may be.
    private static let files: [String] =
        ["etc/binfmtd/binfmtd.toml", "run/binfmtd/binfmtd.toml", "elsewhere/x.toml", "elsewhere/x.conf"]
        + directories.flatMap { directory in
            ["a", "b\u{FF}"].map { "\(directory)/\($0).\(directory.hasSuffix("entries.d") ? "toml" : "conf")" }
        }
    private static let everyDirectory =
        directories + ["etc", "etc/binfmtd", "bin", "lib", "lib/bin", "usr/lib", "elsewhere"]

    private let withMounts: Bool

    /// - Parameter withMounts: whether file systems are mounted and unmounted.
    init(seed: UInt64, withMounts: Bool = true) throws {
        self.withMounts = withMounts
        random = SeededGenerator(seed: seed)
        registry = try PrivateRegistry.open()
        registry.watch()
        // Without it there are QEMU's thirty.
        try root.write("[qemu]\ntargets = []\n", to: "usr/lib/binfmtd/binfmtd.toml")
    }

    deinit { unmountAll() }

    /// A reconciler that knows only the recorded state of an earlier one.
    func reconciler() throws -> Reconciler {
        let paths = HostPaths(root: root.path)
        try Files.makeDirectory(paths.stateDirectory)
        let registry = registry
        return try paths.reconciler { () throws(RegistryUnavailable) in registry }
    }

    /// The same with a newly opened registry, without any cache.
    func freshReconciler() throws -> Reconciler {
        let path = registry.path
        return try HostPaths(root: root.path).reconciler { () throws(RegistryUnavailable) in
            try KernelRegistry(at: path)
        }
    }

    func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }

    // MARK: - Changes

    /// Makes a random change.
    func act() throws {
        if chance(25) { note(changeRegistry()) } else { try changeFiles() }
    }

    /// Makes a random change of files.
    func changeFiles() throws { note(try fileDeed()) }

    private func note(_ deed: String) {
        deeds.append(deed)
        if deeds.count > 8 { deeds.removeFirst() }
    }

    /// Undoes changes that make files unreadable, so that a reconciler that reads everything gives the correct answer.
    func makeWhole() {
        unmountAll()
        rename(path("aside"), path("elsewhere/aside"))
        try? FileManager.default.removeItem(atPath: path("elsewhere/aside"))
        // Files may have been moved with their directories, so that their names say nothing.
        for name in FileManager.default.enumerator(atPath: root.path.string)?.compactMap({ $0 as? String }) ?? [] {
            let leadsNowhere = !FileManager.default.fileExists(atPath: path(name))
            if leadsNowhere { unlink(path(name)) } else { chmod(path(name), 0o755) }
        }
    }

    /// Unmounts what was mounted, also below a directory that was moved, the last first.
    private func unmountAll() {
        mounted = []
        let mounts = (try? procText("/proc/self/mountinfo")) ?? ""
        for mount in mounts.split(separator: "\n").reversed() {
            let place = String(mount.split(separator: " ")[4])
            if place.hasPrefix(path("")) { umount2(place, Int32(MNT_DETACH)) }
        }
    }

    private func path(_ name: String) -> String { root.path.appending(name).string }

    private func pick(_ names: [String]) -> String { names.randomElement(using: &random) ?? "" }

    private func make(directoryOf name: String) throws {
        try FileManager.default.createDirectory(
            at: URL(filePath: path(name)).deletingLastPathComponent(), withIntermediateDirectories: true)
    }

    private func text(of file: String, _ number: Int) -> String {
        let interpreter = root.path.appending(Self.interpreters[number % Self.interpreters.count])
        let name = file.hasPrefix("elsewhere") ? "x" : file.contains("/a.") ? "a" : "b"
        if file.hasSuffix("binfmtd.toml") { return "[daemon]\nbinfmt-d = \(number % 4 != 0)\n[qemu]\ntargets = []\n" }
        if file.hasSuffix("conf") { return ":\(name):M::CONF\(number)::\(interpreter):\n" }
        return
            "[entry.\(name)]\nmagic = \"TOML\(number)\"\ninterpreter = \"\(interpreter)\"\nfix-binary = \(number > 4)\n"
    }

    private func fileDeed() throws -> String {
        let manager = FileManager.default
        let number = Int.random(in: 0..<9, using: &random)
        let file = pick(Self.files)
        let interpreter = pick(Self.interpreters)
        let directory = pick(Self.everyDirectory)
        switch Int.random(in: 0..<(withMounts ? 16 : 14), using: &random) {
        case 0...2:
            try? root.write(text(of: file, number), to: file)
            return "replaced \(file)"
        case 3, 4:
            try? make(directoryOf: file)
            try? Data(text(of: file, number).utf8).write(to: URL(filePath: path(file)))
            return "wrote \(file)"
        case 5:
            try? make(directoryOf: file)
            try? Data().write(to: URL(filePath: path(file)))
            return "emptied \(file)"
        case 6:
            try? manager.removeItem(atPath: path(file))
            return "removed \(file)"
        case 7:
            try? make(directoryOf: file)
            try? manager.removeItem(atPath: path(file))
            let suffix = file.hasSuffix("toml") ? "toml" : "conf"
            let target = pick([path("elsewhere/x.\(suffix)"), "a.\(suffix)"])
            try? root.link(file, to: target)
            return "\(file) leads to \(target)"
        case 8:
            let changed = pick([file, interpreter, directory])
            chmod(path(changed), number.isMultiple(of: 2) ? 0o777 : 0o755)
            return "changed the mode of \(changed)"
        case 9, 10:
            // The header of a program that needs a loader, or of one that does not.
            let content = try number < 5 ? Data(contentsOf: URL(filePath: "/bin/true")) : Data("\(number)".utf8)
            try? make(directoryOf: interpreter)
            try content.write(to: URL(filePath: path("fresh")))
            chmod(path("fresh"), 0o755)
            rename(path("fresh"), path(interpreter))
            return "replaced \(interpreter)"
        case 11:
            try? make(directoryOf: interpreter)
            try? manager.removeItem(atPath: path(interpreter))
            let target = pick(Self.interpreters)
            try? root.link(interpreter, to: path(target))
            return "\(interpreter) leads to \(target)"
        case 12:
            try? manager.removeItem(atPath: path(directory))
            return "removed \(directory)"
        case 13:
            return swapOrMoveAside(directory, pick(Self.everyDirectory))
        case 14:
            try? manager.createDirectory(atPath: path(directory), withIntermediateDirectories: true)
            guard mount("none", path(directory), "tmpfs", 0, "mode=755") == 0 else { return "mounted nothing" }
            mounted.append(directory)
            return "mounted an empty file system at \(directory)"
        default:
            guard let directory = mounted.popLast() else { return "unmounted nothing" }
            umount2(path(directory), Int32(MNT_DETACH))
            return "unmounted \(directory)"
        }
    }

    private func swapOrMoveAside(_ one: String, _ other: String) -> String {
        if rename(path(one), path("aside")) == 0 {
            if rename(path(other), path(one)) == 0 {
                rename(path("aside"), path(other))
                return "swapped \(one) and \(other)"
            }
            return "moved \(one) away"
        }
        rename(path("aside"), path(one))
        return "moved \(one) back"
    }

    private func changeRegistry() -> String {
        let name = pick(["a", "b", "x", "foreign"])
        switch Int.random(in: 0..<6, using: &random) {
        case 0:
            try? PrivateRegistry.write("-1", to: "status")
            return "flushed the registry"
        case 1, 2:
            try? PrivateRegistry.write("-1", to: name)
            return "unregistered \(name)"
        case 3:
            try? PrivateRegistry.write(pick(["0", "1"]), to: name)
            return "switched \(name) off or on"
        default:
            try? PrivateRegistry.write("-1", to: name)
            try? PrivateRegistry.write(
                ":\(name):M::THEIRS\(Int.random(in: 0..<3, using: &random))::/bin/true:", to: "register")
            return "registered another \(name)"
        }
    }
}
