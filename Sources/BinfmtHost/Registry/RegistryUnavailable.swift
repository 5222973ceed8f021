// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// The reason why there is no registry, with the remedy.
package enum RegistryUnavailable: Error, Hashable, CustomStringConvertible {
    /// binfmt_misc is not mounted at the path.
    case notMounted(FilePath)
    /// The path does not exist, so the kernel has no binfmt_misc.
    case noModule(FilePath)
    /// /proc, which has the registry, is not mounted.
    case noProc
    /// Another binfmtd manages it.
    case keptByAnother(FilePath)
    /// A call failed.
    case failed(FilePath, Errno)

    package var description: String {
        switch self {
        case .notMounted(let path):
            "binfmt_misc is not mounted at \(path); start proc-sys-fs-binfmt_misc.mount or pass --mount"
        case .noModule(let path):
            "\(path) does not exist: this kernel has no binfmt_misc; run 'modprobe binfmt_misc' (on the host of a container)"
        case .noProc: "/proc is not mounted; run 'mount -t proc proc /proc'"
        case .keptByAnother(let path): "Standing by: another binfmtd manages \(path)"
        case .failed(let path, .tooManySymbolicLinkLevels):
            "\(path) is an automount that does not answer (ELOOP); run 'ls \(path)' on the host"
        case .failed(let path, .readOnlyFileSystem):
            "\(path) is mounted read-only; run 'mount -o remount,rw \(path)', or if this container shares the host's "
                + "registry, run binfmtd on the host"
        case .failed(let path, .permissionDenied): "only root can change \(path)"
        case .failed(let path, let error): "\(path): \(error)"
        }
    }
}
