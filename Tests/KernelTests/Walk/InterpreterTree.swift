// SPDX-License-Identifier: Apache-2.0

/// The interpreters of a walk, below what is mounted over them.
struct InterpreterTree {
    struct File: Hashable {
        var version: UInt8
        var isUnsafe = false
    }

    struct Directory: Hashable {
        var files: [Interpreter: File] = [:]
        /// Whether others than root can change it.
        var isUnsafe = false
    }

    enum Look: Hashable {
        case version(UInt8)
        case missing
        case unsafe
    }

    /// The version of each file in the directories that ``Deed/mountOther(_:)`` mounts.
    static let otherVersion: UInt8 = 15

    private(set) var directories: [InterpreterDirectory: Directory] = [:]
    /// What is hidden by a mount.
    private var below: [InterpreterDirectory: Directory] = [:]

    init() {
        for directory in InterpreterDirectory.allCases { directories[directory] = Self.full(directory, version: 0) }
    }

    private static func full(_ directory: InterpreterDirectory, version: UInt8) -> Directory {
        let files = Interpreter.all.filter { $0.directory == directory }.map { ($0, File(version: version)) }
        return Directory(files: Dictionary(uniqueKeysWithValues: files))
    }

    func look(at interpreter: Interpreter) -> Look {
        guard let directory = directories[interpreter.directory] else { return .missing }
        if directory.isUnsafe { return .unsafe }
        guard let file = directory.files[interpreter] else { return .missing }
        return file.isUnsafe ? .unsafe : .version(file.version)
    }

    func has(_ interpreter: Interpreter) -> Bool { directories[interpreter.directory]?.files[interpreter] != nil }

    func isMounted(_ directory: InterpreterDirectory) -> Bool { below[directory] != nil }

    mutating func set(_ interpreter: Interpreter, _ file: File?) {
        directories[interpreter.directory]?.files[interpreter] = file
    }

    mutating func overwrite(_ interpreter: Interpreter, version: UInt8) {
        directories[interpreter.directory]?.files[interpreter]?.version = version
    }

    mutating func setMode(_ interpreter: Interpreter, isUnsafe: Bool) {
        directories[interpreter.directory]?.files[interpreter]?.isUnsafe = isUnsafe
    }

    mutating func setMode(_ directory: InterpreterDirectory, isUnsafe: Bool) {
        directories[directory]?.isUnsafe = isUnsafe
    }

    mutating func mount(_ directory: InterpreterDirectory, isEmpty: Bool) {
        below[directory] = directories[directory]
        directories[directory] = isEmpty ? Directory() : Self.full(directory, version: Self.otherVersion)
    }

    mutating func unmount(_ directory: InterpreterDirectory) {
        directories[directory] = below.removeValue(forKey: directory)
    }
}
