// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import Glibc
import SystemPackage

extension Execution.World {
    /// The files and the table that this host's kernel would use.
    ///
    /// - Parameters:
    ///   - registry: its table; nil if there is none.
    ///   - chroot: the root directory of the execution, if not this process's own.
    /// - Throws: the errno of opening that directory, or ENOEXEC if QEMU does not know the format of this program.
    package static func host(_ registry: ObservedState?, chroot: FilePath?) throws(Errno) -> Execution.World {
        let probe = try NativeProbe()
        let own = ProgramFiles()
        var files = own
        if let chroot { files = try ProgramFiles(root: chroot) }
        return Execution.World(
            registry: registry, isNative: probe.isNative, lookUp: files.lookUp, lookUpHeld: own.lookUp,
            emulatorPrefix: getenv("QEMU_LD_PREFIX").map { FilePath(platformString: $0) })
    }
}
