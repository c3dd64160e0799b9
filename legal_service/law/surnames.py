"""Surnames of two and more characters that stay whole where a name is hidden: of the 百家姓, of other peoples, traditional forms.

Left out are those that are words or places first (若干, 邯郸, 王孙, 贺兰): 王 with a given name 孙某 is far more frequent.
"""

from __future__ import annotations

_WRITTEN = """
欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶
太叔 申屠 公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 子车 亓官 司寇 巫马 公西 颛孙 壤驷 公良
漆雕 乐正 宰父 谷梁 榖梁 拓跋 拓拔 夹谷 轩辕 令狐 段干 百里 呼延 东郭 南门 羊舌 微生 左丘 东门 西门 梁丘 第五
淳于 单于 叔孙 季孙 孟孙 公输 公仪 公户 毌丘 毋丘 綦毋 北宫 南荣 归海 达奚 豆卢 屈突 斛律 哥舒 尔朱 沮渠
完颜 纳兰 叶赫 叶赫那拉 那拉 耶律 富察 钮祜禄 爱新觉罗 瓜尔佳 佟佳 赫舍里 董鄂 纥石烈 阿史那 侯莫陈
歐陽 諸葛 東方 聞人 尉遲 長孫 獨孤 鮮于 鍾離 軒轅 東郭 赫連 萬俟 淳于 單于 完顏 納蘭 葉赫 南宮 澹臺 東門 公孫 仲孫
"""
COMPOUND_SURNAMES = frozenset(_WRITTEN.split())


def surname_of(name: str) -> str:
    """The surname that a name in Chinese characters begins with: the longest compound one that leaves a given name, else one character.

    >>> [surname_of(name) for name in ("淳于意", "爱新觉罗溥仪", "欧阳", "张三")]
    ['淳于', '爱新觉罗', '欧', '张']
    """
    for length in (4, 3, 2):
        if len(name) > length and name[:length] in COMPOUND_SURNAMES:
            return name[:length]
    return name[0]
