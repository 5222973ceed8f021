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
    package func read() -> DaemonStatus? {
        guard let text = try? Files.read(path), let status = DaemonStatus(parsing: text),
            let name = try? Files.read(FilePath("/proc/\(status.process)/comm")), name.starts(with: "binfmtd".utf8)
        else { return nil }
        return status
    }
}
