// SPDX-License-Identifier: Apache-2.0
import SystemPackage

extension Errno {
    /// Whether this is no answer to what was asked, but a lack of resources or of luck, which nobody has to mend.
    package var isTransient: Bool {
        switch self {
        case .ioError, .noMemory, .tooManyOpenFiles, .tooManyOpenFilesInSystem, .noSpace, .interrupted,
            .resourceTemporarilyUnavailable, .noLocks, .readOnlyFileSystem, .staleNFSFileHandle, .timedOut:
            true
        default: false
        }
    }
}
