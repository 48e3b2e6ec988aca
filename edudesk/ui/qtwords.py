"""Qt's own words in Vietnamese: Qt ships no Vietnamese, so buttons and menus it makes itself are translated here."""

from PySide6.QtCore import QObject, QTranslator
from PySide6.QtWidgets import QApplication

from edudesk.kernel.words import SOURCE, language

_WORDS: dict[str, str] = {
    "OK": "Đồng ý", "&OK": "Đồng ý", "Cancel": "Thôi", "&Cancel": "Thôi", "&Yes": "&Có", "Yes": "Có", "&No": "&Không",
    "No": "Không", "Save": "Lưu", "&Save": "&Lưu", "Open": "Mở", "&Open": "&Mở", "Close": "Đóng", "&Close": "Đó&ng",
    "Apply": "Áp dụng", "Reset": "Đặt lại", "Help": "Trợ giúp", "Discard": "Bỏ", "Don't Save": "Không lưu",
    "Retry": "Thử lại", "Ignore": "Bỏ qua", "Abort": "Dừng", "Save All": "Lưu tất cả", "Yes to &All": "Có tất cả",
    "N&o to All": "Không tất cả", "Restore Defaults": "Về mặc định", "Close without Saving": "Đóng, không lưu",
    "&Undo": "&Hoàn tác", "&Redo": "&Làm lại", "Cu&t": "Cắ&t", "&Copy": "&Chép", "&Paste": "&Dán", "Delete": "Xóa",
    "&Delete": "&Xóa", "Select All": "Chọn hết", "Copy &Link Location": "Chép địa chỉ",
    "Look in:": "Ở thư mục:", "&Look in:": "Ở thư &mục:", "Files of &type:": "&Loại tệp:", "File &name:": "&Tên tệp:", "Files of type:": "Loại tệp:", "Back": "Về trước",
    "Forward": "Tới sau", "Parent Directory": "Thư mục trên", "Create New Folder": "Tạo thư mục",
    "New Folder": "Thư mục mới", "&New Folder": "Thư mục &mới", "List View": "Danh sách", "Detail View": "Chi tiết",
    "Sidebar": "Lối tắt", "Files": "Tệp", "Directory:": "Thư mục:", "&Choose": "&Chọn", "Find Directory": "Tìm thư mục",
    "Show ": "Hiện ", "Show &hidden files": "Hiện tệp ẩn", "&Rename": "Đổ&i tên", "Remove": "Bỏ", "My Computer": "Máy này",
    "Computer": "Máy này", "Drive": "Ổ đĩa", "File": "Tệp", "Folder": "Thư mục", "File Folder": "Thư mục",
    "All Files (*)": "Mọi tệp (*)", "Save As": "Lưu thành", "Recent Places": "Nơi gần đây", "Name": "Tên",
    "Size": "Cỡ", "Type": "Loại", "Kind": "Loại", "Date Modified": "Ngày sửa", "Go back": "Về trước",
    "Go forward": "Tới sau", "Go to the parent directory": "Lên thư mục trên", "Create a New Folder": "Tạo thư mục mới",
    "%1 already exists.\nDo you want to replace it?": "Đã có tệp %1.\nGhi đè lên tệp đó?",
    "%1\nFile not found.\nPlease verify the correct file name was given.": "%1\nKhông thấy tệp. Xem lại tên tệp.",
    "%1\nDirectory not found.\nPlease verify the correct directory name was given.":
        "%1\nKhông thấy thư mục. Xem lại tên thư mục.",
    "Are you sure you want to delete '%1'?": "Xóa “%1”?", "Show Details...": "Xem chi tiết…",
    "Hide Details...": "Ẩn chi tiết", "Clear": "Xóa", "Minimize": "Thu nhỏ", "Maximize": "Phóng to", "Restore": "Khôi phục",
    "Scroll here": "Cuộn tới đây", "Top": "Đầu", "Bottom": "Cuối", "Page up": "Trang trên", "Page down": "Trang dưới",
    "Scroll up": "Cuộn lên", "Scroll down": "Cuộn xuống", "Left edge": "Mép trái", "Right edge": "Mép phải",
    "Page left": "Trang trái", "Page right": "Trang phải", "Scroll left": "Cuộn trái", "Scroll right": "Cuộn phải",
}  # fmt: skip


class VietnameseQt(QTranslator):
    """Answers for Qt's own sentences; None for the rest, so that Qt says them as they are.

    When the program speaks another language, Qt says everything as it is.
    """

    def translate(
        self, context: str, source: str, disambiguation: str | None = None, n: int = -1
    ) -> str | None:
        return _WORDS.get(source) if language() == SOURCE else None

    def isEmpty(self) -> bool:  # noqa: N802
        return False


def install(app: QApplication, parent: QObject | None = None) -> VietnameseQt:
    """Let Qt speak Vietnamese in this program; keep what is answered to take it off again."""
    spoken = VietnameseQt(parent or app)
    app.installTranslator(spoken)
    return spoken
