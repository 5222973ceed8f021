// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import Glibc
import SystemPackage

/// The file in which the daemon reports its status to `binfmtctl status`.
package struct StatusFile {
    package let path: FilePath
    private var written: DaemonStatus?

    package init(path: FilePath) { self.path = path }

    /// Writes the status, unless the file already has it or belongs to the daemon that this one stands by for.
    ///
    /// - Throws: the errno of what failed; the old file is then as it was.
    package mutating func write(_ status: DaemonStatus) throws(Errno) {
        if status == written { return }
        if status.verdict == .standby, let other = read(), other.process != status.process { return }
        try Files.replace(path, with: status.text)
        written = status
    }

    /// Removes the file if this process, which is about to exit, wrote it.
    package func remove() {
        if read()?.process == getpid() { _ = path.withPlatformString { unlink($0) } }
    }

    /// The last status of a running daemon; nil if no daemon runs.
    package func read() -> DaemonStatus? { onDisk.flatMap { Self.isRunning($0.process) ? $0 : nil } }

    /// The process of a daemon that ended without removing the file, because it was killed or crashed; nil where this
    /// process sees no others (proc(5), hidepid).
    package var deadProcess: Int32? {
        guard (try? Files.read("/proc/1/comm")) != nil else { return nil }
        return onDisk.flatMap { Self.isRunning($0.process) ? nil : $0.process }
    }

    /// Removes the file of such a daemon.
    package func removeDead() {
        if deadProcess != nil { _ = path.withPlatformString { unlink($0) } }
    }

    private var onDisk: DaemonStatus? { (try? Files.read(path)).flatMap(DaemonStatus.init(parsing:)) }

    private static func isRunning(_ process: Int32) -> Bool {
        func file(_ name: String) -> [UInt8] { (try? Files.read(FilePath("/proc/\(process)/\(name)"))) ?? [] }
        // A process that has ended and that nobody has waited for still has its name, but no command line.
        return file("comm").starts(with: "binfmtd".utf8) && !file("cmdline").isEmpty
    }
}
