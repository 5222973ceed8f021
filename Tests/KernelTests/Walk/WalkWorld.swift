// SPDX-License-Identifier: Apache-2.0

/// The names, patterns and paths of a walk.
enum WalkWorld {
    /// Entries that every deed may concern, three to a group of overlapping patterns.
    static let ordinary = (0..<12).map { "e\($0)" }
    /// Entries that no deed undeclares, whose interpreters are always there: their files are executed without a pause. The
    /// last two overlap and have interpreters of one class.
    static let protected = (0..<6).map { "p\($0)" }
    static let qemu = ["qemu-riscv64", "qemu-s390x"]
    static let ours = ordinary + protected + qemu
    static let foreign = (0..<6).map { "t\($0)" }

    /// The most significant half of the exit statuses of other programs' interpreters.
    static let foreignClass = 15
    static let ordinaryClass = 14

    static func isProtected(_ entry: String) -> Bool { entry.hasPrefix("p") }

    private static func number(_ entry: String) -> Int { Int(entry.dropFirst()) ?? 0 }

    static func magic(_ entry: String, length: Int) -> String {
        let number = number(entry)
        if isProtected(entry) { return number < 4 ? "KEPT\(number)" : number == 4 ? "BOTH" : "BOTHX" }
        return group(entry, length: length)
    }

    /// Patterns of one group begin alike: the longer one, the fewer files.
    private static func group(_ entry: String, length: Int) -> String {
        "WALK" + String(repeating: String(UnicodeScalar(UInt8(ascii: "A") + UInt8(number(entry) / 3))), count: length)
    }

    static func interpreterClass(_ protected: String) -> Int { min(number(protected), 4) }

    /// The contents of the files that are executed at a rest.
    static let samples: [String] =
        (0..<4).flatMap { group in (1...3).map { magic("e\(group * 3)", length: $0) } }
        + protected.map { magic($0, length: 1) }

    /// QEMU's own magic and mask, and its interpreter.
    static func qemuTarget(_ entry: String) -> (target: String, magic: String, mask: String, interpreter: Interpreter) {
        let isRiscV = entry == "qemu-riscv64"
        return (
            isRiscV ? "riscv64" : "s390x",
            isRiscV ? "7f454c460201010000000000000000000200f300" : "7f454c4602020100000000000000000000020016",
            isRiscV ? "ffffffffffffff00fffffffffffffffffeffffff" : "ffffffffffffff00fffffffffffffffffffeffff",
            Interpreter(directory: .c, name: entry)
        )
    }
}

enum InterpreterDirectory: String, Codable, CaseIterable {
    case a, b, c, kept
    var path: String { "opt/\(rawValue)" }
    /// What ``Deed/mountOther(_:)`` mounts there.
    var other: String { "other/\(rawValue)" }
}

struct Interpreter: Codable, Hashable {
    let directory: InterpreterDirectory
    let name: String

    static let ordinary = [
        Interpreter(directory: .a, name: "one"), Interpreter(directory: .a, name: "two-link"),
        Interpreter(directory: .b, name: "three"), Interpreter(directory: .b, name: "four"),
        Interpreter(directory: .c, name: "five"),
    ]
    static let qemu = WalkWorld.qemu.map { WalkWorld.qemuTarget($0).interpreter }
    /// Each protected entry has two of its own.
    static func kept(_ entry: String) -> [Interpreter] {
        ["", "-link"].map { Interpreter(directory: .kept, name: entry + $0) }
    }
    static let all = ordinary + qemu + WalkWorld.protected.flatMap(kept)

    var path: String { "\(directory.path)/\(name)" }
    var isLink: Bool { name.hasSuffix("-link") }

    /// The exit status of a version.
    func status(_ version: UInt8) -> UInt8 {
        let class_ = directory == .kept ? WalkWorld.interpreterClass(String(name.prefix(2))) : WalkWorld.ordinaryClass
        return UInt8(class_) * 16 + version % 16
    }
}

extension WalkWorld {
    /// The files of the first state. Those of protected entries, below /usr/lib, stay.
    static let firstFiles: [(place: ConfigPlace, declaration: Declaration)] =
        ordinary.enumerated().map { index, name in
            let format: ConfigPlace.Format = index % 4 == 3 ? .conf : .toml
            let layer = ConfigPlace.Layer.allCases[index % 3]
            return (
                ConfigPlace(entry: name, layer: layer, format: format),
                Declaration(
                    length: 1 + index % 3, interpreter: Interpreter.ordinary[index % 5],
                    flags: index % 2 == 0 ? "F" : "")
            )
        }
        + protected.enumerated().map { index, name in
            (
                ConfigPlace(entry: name, layer: .usr),
                Declaration(interpreter: Interpreter.kept(name)[0], flags: index % 2 == 0 ? "F" : "")
            )
        }
}
