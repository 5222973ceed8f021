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

    /// Whether it says of a path that it leads to no file, and not that this process cannot look.
    package var meansThatNothingIsThere: Bool {
        switch self {
        case .noSuchFileOrDirectory, .notDirectory, .tooManySymbolicLinkLevels, .fileNameTooLong: true
        default: false
        }
    }
}
