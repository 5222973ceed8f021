// SPDX-License-Identifier: Apache-2.0
import Foundation
import SystemPackage
import TestSupport
import Testing

extension KernelTests {
    /// A configuration as a kubelet lays a ConfigMap out: a world-writable directory whose files are symlinks through
    /// `..data`, which an edit replaces.
    @Suite struct ConfigMapTests {
        private let root = TemporaryDirectory()
        private var directory: FilePath { root.path.appending("etc/binfmtd") }

        init() throws {
            _ = try PrivateRegistry.open()
            try root.write("", to: "etc/binfmtd/..1/binfmtd.toml")
            try FileManager.default.createSymbolicLink(
                atPath: directory.appending("binfmtd.toml").string, withDestinationPath: "..data/binfmtd.toml")
            try edit("a", version: 1)
            #expect(chmod(directory.string, 0o777) == 0)
        }

        private func edit(_ name: String, version: Int) throws {
            try root.write(
                "[qemu]\ntargets = []\n[entry.\(name)]\ninterpreter = \"/bin/true\"\nextension = \"\(name)\"\n",
                to: "etc/binfmtd/..\(version)/binfmtd.toml")
            let new = directory.appending("..data_tmp").string
            try FileManager.default.createSymbolicLink(atPath: new, withDestinationPath: "..\(version)")
            #expect(rename(new, directory.appending("..data").string) == 0)
        }

        private func status(_ arguments: [String]) throws -> Program {
            try Program.run(Fixtures.program("binfmtctl"), ["status", "--root", root.path.string] + arguments)
        }

        @Test func isUsedWhereTheCommandLineTrustsIt() throws {
            let daemon = try RunningDaemon(Fixtures.program("binfmtd"), root: root, ["--trust-configuration"])
            #expect(try PrivateRegistry.names() == ["a"])
            #expect(try status(["--trust-configuration"]).status == 0)
            try edit("b", version: 2)
            try daemon.wait { try PrivateRegistry.names() == ["b"] }
            #expect(try status(["--trust-configuration"]).status == 0)
            #expect(daemon.stop() == 0)
        }

        @Test func isIgnoredOtherwise() throws {
            let daemon = try RunningDaemon(Fixtures.program("binfmtd"), root: root)
            #expect(try PrivateRegistry.names() == [])
            #expect(daemon.log.contains("\(directory) is world-writable (mode 0777)"), "\(daemon.log)")
            #expect(daemon.stop() == 0)
        }
    }
}
