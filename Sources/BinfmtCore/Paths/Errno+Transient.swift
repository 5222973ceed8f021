// SPDX-License-Identifier: Apache-2.0
import SystemPackage

extension Errno {
    /// Whether the call may succeed when it is repeated, without anything having been fixed: resources were short, or a
    /// device failed.
    package var isTransient: Bool {
        switch self {
        case .ioError, .noMemory, .tooManyOpenFiles, .tooManyOpenFilesInSystem, .noSpace, .interrupted,
            .resourceTemporarilyUnavailable, .noLocks, .readOnlyFileSystem, .staleNFSFileHandle, .timedOut:
            true
        default: false
        }
    }
}
