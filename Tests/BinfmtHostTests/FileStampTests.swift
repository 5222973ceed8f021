// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import SystemPackage
import TestSupport
import Testing

@testable import BinfmtHost

/// By what a file is known to be as it was.
@Suite struct FileStampTests {
    private let directory = TemporaryDirectory()
    private var file: FilePath { directory.path.appending("file") }

    private func stamp(changed: (seconds: Int, nanoseconds: Int)) throws -> FileStamp {
        try directory.write("text", to: "file")
        var stat = try Stat(file)
        stat.rawValue.st_ctim.tv_sec = changed.seconds
        stat.rawValue.st_ctim.tv_nsec = changed.nanoseconds
        return FileStamp(stat)
    }

    /// A change within the tick of the last one may leave the same times behind.
    @Test func isSettledOnceTheClockHasTickedSince() throws {
        let stamp = try stamp(changed: (100, 500))
        #expect(!stamp.isSettled(at: FileTime(seconds: 100, nanoseconds: 499)))
        #expect(!stamp.isSettled(at: FileTime(seconds: 100, nanoseconds: 500)))
        #expect(stamp.isSettled(at: FileTime(seconds: 100, nanoseconds: 501)))
        #expect(stamp.isSettled(at: FileTime(seconds: 101, nanoseconds: 0)))
        // A clock that was set back settles nothing.
        #expect(!stamp.isSettled(at: FileTime(seconds: 99, nanoseconds: 999)))
    }

    @Test func aFileSystemWithoutFractionsKeepsTwoSeconds() throws {
        let stamp = try stamp(changed: (100, 0))
        #expect(!stamp.isSettled(at: FileTime(seconds: 101, nanoseconds: 999)))
        #expect(!stamp.isSettled(at: FileTime(seconds: 102, nanoseconds: 0)))
        #expect(stamp.isSettled(at: FileTime(seconds: 102, nanoseconds: 1)))
    }

    @Test func everyChangeOfAFileGivesAnother() throws {
        try directory.write("text", to: "file")
        var stat = try Stat(file)
        let stamp = FileStamp(stat)
        #expect(stamp == FileStamp(stat))
        for change: (inout Stat) -> Void in [
            { $0.rawValue.st_ino += 1 }, { $0.rawValue.st_dev += 1 }, { $0.rawValue.st_size += 1 },
            { $0.rawValue.st_mode ^= 0o022 }, { $0.rawValue.st_uid += 1 }, { $0.rawValue.st_gid += 1 },
            { $0.rawValue.st_mtim.tv_nsec += 1 }, { $0.rawValue.st_ctim.tv_nsec += 1 },
        ] {
            let before = stat
            change(&stat)
            #expect(FileStamp(stat) != stamp)
            stat = before
        }
    }
}
