// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import Glibc

/// The kernel that runs this process (uname(2)).
package enum RunningKernel {
    /// Its release, such as "6.1.0-49-amd64".
    static var release: String {
        var names = utsname()
        guard uname(&names) == 0 else { return "" }
        return withUnsafeBytes(of: &names.release) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }

    /// The number of interpreters that may be held open in this process's user namespace; nil before Linux 7.3.
    package static var heldInterpreterLimit: Int? {
        let text = try? Files.read("/proc/sys/user/max_binfmt_misc_interpreters")
        return text.flatMap { Int(String(decoding: $0.filter { $0 != UInt8(ascii: "\n") }, as: UTF8.self)) }
    }

    /// Its version; nil for a release of another form.
    package static var version: KernelVersion? { KernelVersion(release: release) }
}
