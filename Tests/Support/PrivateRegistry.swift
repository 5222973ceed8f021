// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import BinfmtHost
import Foundation
import SystemPackage

/// The kernel's own registry, in a user namespace that `make test` runs the tests in.
package enum PrivateRegistry {
    package static let path = HostPaths.standardRegistry

    /// Opens it, empty and enabled.
    ///
    /// - Throws: if it is not private, because no test may ever touch the host's registry. The script `bpf` says that its
    ///   virtual machine is an exception: no BPF handler can be loaded in a user namespace.
    package static func open() throws -> KernelRegistry {
        let map = try procText("/proc/self/uid_map").split(whereSeparator: \.isWhitespace)
        let isExpendable = ProcessInfo.processInfo.environment["BINFMTD_TEST_REGISTRY"] == "host"
        guard map.last != "4294967295" || isExpendable else { throw NotPrivate() }
        let registry = try KernelRegistry(at: path)
        try flush()
        return registry
    }

    /// Removes every entry, as systemd-binfmt does.
    package static func flush() throws {
        try write("1", to: "status")
        try write("-1", to: "status")
    }

    /// Makes one write(2) to one of the registry's files, as another program would.
    package static func write(_ text: String, to file: String) throws {
        try write(Array(text.utf8), to: file)
    }

    package static func write(_ bytes: [UInt8], to file: String) throws {
        let descriptor = try FileDescriptor.open(path.appending(file), .writeOnly)
        defer { try? descriptor.close() }
        _ = try bytes.withUnsafeBytes { try descriptor.write($0) }
    }

    package static func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: path.string).filter { $0 != "register" && $0 != "status" }
            .sorted()
    }

    /// The kernel's text for an entry; nil if there is no such entry.
    package static func text(_ name: String) -> String? { try? procText(path.appending(name).string) }

    /// The inode number of an entry, which differs after each registration; nil if there is no such entry.
    package static func registration(_ name: String) -> UInt64? {
        (try? Stat(path.appending(name))).map { UInt64($0.inode.rawValue) }
    }

    struct NotPrivate: Error, CustomStringConvertible {
        let description = "this registry is the host's; the kernel's tests run in a user namespace: make test"
    }
}
