// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// Why a user other than root could change what a path leads to: the file, a directory on the way, or a link.
package enum Hazard: Reason {
    /// The file or directory belongs to this user.
    case owned(FilePath, by: UInt32)
    /// Every user may write to it; `mode` is the permission bits.
    case worldWritable(FilePath, mode: UInt32)
    /// The members of this group may write to it; `mode` is the permission bits.
    case groupWritable(FilePath, group: UInt32, mode: UInt32)

    package var code: ReasonCode {
        switch self {
        case .owned: .ownedByUser
        case .worldWritable: .worldWritable
        case .groupWritable: .groupWritable
        }
    }
}
