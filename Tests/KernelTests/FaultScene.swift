// SPDX-License-Identifier: Apache-2.0
import Foundation
import SystemPackage
import TestSupport

/// A registry with a few entries, one of them not the daemon's, and a daemon whose calls may fail.
final class FaultScene {
    let root = TemporaryDirectory()
    let order: FaultOrder
    let program: FilePath

    init() throws {
        _ = try PrivateRegistry.open()
        order = try FaultOrder(root.path.appending("order"))
        program = try root.writeProgram(Self.image(), to: "program")
        try PrivateRegistry.write(":theirs:M::THEIRS::/bin/sh:", to: "register")
        try declare(0)
    }

    private static func image() throws -> [UInt8] {
        Array(try Data(contentsOf: URL(filePath: Fixtures.program("succeed"))))
    }

    func start() throws -> RunningDaemon {
        return try RunningDaemon(Fixtures.program("binfmtd"), root: root, environment: order.environment)
    }

    /// `generation` decides about one interpreter, and about one entry more or less.
    func declare(_ generation: Int) throws {
        let more = "[entry.more]\nextension = \"more\"\ninterpreter = \"/bin/true\"\n"
        try root.write(
            """
            [qemu]
            targets = []
            [entry.a]
            magic = "TEST-A"
            interpreter = "\(interpreter(generation))"
            [entry.held]
            magic = "TEST-HELD"
            interpreter = "\(program)"
            fix-binary = true

            """ + (hasMore(generation) ? more : ""), to: "etc/binfmtd/binfmtd.toml")
    }

    private func interpreter(_ generation: Int) -> String { generation % 2 == 0 ? "/bin/true" : "/bin/cat" }
    private func hasMore(_ generation: Int) -> Bool { generation % 3 == 1 }

    func isAsDeclared(_ generation: Int) throws -> Bool {
        try PrivateRegistry.names() == ["a", "held"] + (hasMore(generation) ? ["more"] : []) + ["theirs"]
            && PrivateRegistry.text("a")?.hasPrefix("enabled\ninterpreter \(interpreter(generation))\n") == true
    }

    func isServed(_ name: String) -> Bool {
        // While the entry is replaced, it or its stand-in exists; which one may change between two looks.
        [name, "~binfmtd~" + name, name].contains { PrivateRegistry.registration($0) != nil }
    }

    func upgrade() throws {
        let fresh = try root.writeProgram(Self.image(), to: "fresh")
        rename(fresh.string, program.string)
    }
}
