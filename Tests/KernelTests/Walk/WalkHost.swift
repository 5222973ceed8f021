// SPDX-License-Identifier: Apache-2.0
import Foundation
import SystemPackage
import TestSupport

/// The files and mounts of a walk.
final class WalkHost {
    let root = TemporaryDirectory()
    private var mounts: Set<String> = []

    /// The directory whose files have times in ticks of the clock.
    private static let coarse = ConfigPlace(entry: "", layer: .run).directory

    /// `MNT_DETACH` (umount(2)), which Glibc's module lacks.
    private static let detach: Int32 = 2

    init() throws {
        for directory in ["etc", "run", "usr/lib"].flatMap({ ["\($0)/binfmtd/entries.d", "\($0)/binfmt.d"] }) {
            try root.makeDirectory(directory)
        }
        // Newer kernels keep finer times on most file systems, but not on this one.
        try mount("none", Self.coarse, "ramfs", 0, "mode=755")
        for directory in InterpreterDirectory.allCases {
            try root.makeDirectory(directory.path)
            try root.makeDirectory(directory.other)
        }
        try root.makeDirectory("opt/store")
        _ = try root.writeProgram(ExitProgram.image(status: UInt8(WalkWorld.foreignClass * 16)), to: "opt/foreign")
        for (index, sample) in WalkWorld.samples.enumerated() {
            _ = try root.writeProgram(Array(sample.utf8), to: Self.sample(index))
        }
    }

    deinit { for place in mounts { umount2(path(place), Self.detach) } }

    /// A file whose content is a sample.
    static func sample(_ index: Int) -> String { "samples/\(index)" }

    func path(_ file: String) -> String { "\(root.path)/\(file)" }

    // MARK: - Files

    /// Replaces a file in one step.
    func put(_ bytes: [UInt8], at file: String, mode: mode_t = 0o644) throws {
        let place = file.lastIndex(of: "/").map { file[...$0] } ?? ""
        let fresh = path("\(place).fresh")
        try write(bytes, to: fresh, O_CREAT | O_TRUNC)
        try check(chmod(fresh, mode))
        try check(rename(fresh, path(file)))
    }

    /// - Parameter flags: those of open(2) besides O_WRONLY.
    func write(_ bytes: [UInt8], to path: String, _ flags: Int32) throws {
        let file = open(path, O_WRONLY | O_CLOEXEC | flags, 0o644)
        try check(file)
        defer { close(file) }
        if !bytes.isEmpty { try check(Int32(Foundation.write(file, bytes, bytes.count))) }
    }

    func link(_ file: String, to target: String) throws {
        let fresh = path(file) + ".fresh"
        unlink(fresh)
        try check(symlink(target, fresh))
        try check(rename(fresh, path(file)))
    }

    func remove(_ file: String) throws { try check(unlink(path(file))) }

    func setMode(_ file: String, _ mode: mode_t) throws { try check(chmod(path(file), mode)) }

    // MARK: - Interpreters

    func install(_ interpreter: Interpreter, version: UInt8) throws {
        let image = ExitProgram.image(status: interpreter.status(version))
        if !interpreter.isLink { return try put(image, at: interpreter.path, mode: 0o755) }
        let stored = "opt/store/\(interpreter.name).\(version)"
        try put(image, at: stored, mode: 0o755)
        try link(interpreter.path, to: path(stored))
    }

    /// - Throws: ETXTBSY if the kernel holds the file.
    func overwrite(_ interpreter: Interpreter, version: UInt8) throws {
        try write(ExitProgram.image(status: interpreter.status(version)), to: path(interpreter.path), O_TRUNC)
    }

    // MARK: - Mounts

    func mountEmpty(_ place: String) throws { try mount("none", place, "tmpfs", 0, "mode=755") }

    func mountOther(_ directory: InterpreterDirectory) throws {
        if mounts.contains(directory.path) { throw Errno.resourceBusy }
        for interpreter in Interpreter.all where interpreter.directory == directory {
            let image = ExitProgram.image(status: interpreter.status(InterpreterTree.otherVersion))
            try put(image, at: "\(directory.other)/\(interpreter.name)", mode: 0o755)
        }
        try setMode(directory.other, 0o755)
        try mount(path(directory.other), directory.path, "none", UInt(MS_BIND), nil)
    }

    private func mount(_ source: String, _ place: String, _ type: String, _ flags: UInt, _ options: String?) throws {
        if mounts.contains(place) { throw Errno.resourceBusy }
        try check(Foundation.mount(source, path(place), type, flags, options))
        mounts.insert(place)
    }

    func unmount(_ place: String) throws {
        guard mounts.remove(place) != nil else { throw Errno.invalidArgument }
        try check(umount2(path(place), Self.detach))
    }

    private func check(_ result: Int32) throws {
        if result < 0 { throw Errno(rawValue: errno) }
    }
}
