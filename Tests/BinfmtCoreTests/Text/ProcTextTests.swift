// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import Testing

/// What is read of /proc.
@Suite struct ProcTextTests {
    @Test func aUserMapHasTheUsersInside() {
        let all = UserMap(Array("         0          0 4294967295\n".utf8))
        #expect(all.maps(0) && all.maps(65534))
        let two = UserMap(Array("0 1000 1\n65534 100000 1\n".utf8))
        #expect(two.maps(0) && two.maps(65534))
        #expect(!two.maps(1) && !two.maps(65533) && !two.maps(65535))
        #expect(!UserMap(Array("nonsense\n0 1\n".utf8)).maps(0))
    }

    @Test func aMountIsFoundByItsNumber() {
        let info = Array("pos:\t0\nflags:\t02100000\nmnt_id:\t36\nino:\t7\n".utf8)
        #expect(MountTable.number(inFileInfo: info) == "36")
        #expect(MountTable.number(inFileInfo: Array("pos:\t0\n".utf8)) == nil)
    }

    /// Report B12: the user who mounted it decides what is in its files.
    @Test func theFileSystemsOptionsCountAndNotTheMounts() {
        let table = Array(
            """
            35 1 8:1 / / rw shared:1 - ext4 /dev/root rw
            36 35 98:0 / /mnt ro,noatime master:1 - ext3 /dev/root rw,errors=continue
            361 35 98:0 / /media rw master:1 - squashfs /dev/loop0 ro
            37 35 0:44 / /mnt/sshfs rw,nosuid,nodev - fuse.sshfs host: rw,user_id=1000,group_id=100,allow_other

            """.utf8)
        func line(_ number: Substring) -> MountTable.Line? { MountTable.line(of: number, inMountInfo: table) }
        #expect(["35", "36", "361", "37"].map { line($0)?.isFileSystemReadOnly } == [false, false, true, false])
        #expect(["35", "36", "361", "37"].map { line($0)?.user } == [nil, nil, nil, 1000])
        #expect(line("3") == nil)
    }
}
