// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import Glibc
import SystemPackage

/// Where the daemon says how it stands, for `binfmtctl status`.
package struct StatusFile {
    package let path: FilePath
    private var written: DaemonStatus?

    package init(path: FilePath) { self.path = path }

    /// Puts it down, unless the file says so already, or is another daemon's for which this one stands by.
    ///
    /// - Throws: the errno of what failed; the old file is then as it was.
    package mutating func write(_ status: DaemonStatus) throws(Errno) {
        if status == written { return }
        if status.verdict == .standby, let other = read(), other.process != status.process { return }
        try Files.replace(path, with: status.text)
        written = status
    }

    /// Takes it away if it is this process's own, which is about to end.
    package func remove() {
        if read()?.process == getpid() { _ = path.withPlatformString { unlink($0) } }
    }

    /// What a running daemon last said; nil if none runs.
    package func read() -> DaemonStatus? {
        guard let text = try? Files.read(path), let status = DaemonStatus(parsing: text),
            let name = try? Files.read(FilePath("/proc/\(status.process)/comm")), name.starts(with: "binfmtd".utf8)
        else { return nil }
        return status
    }
}
